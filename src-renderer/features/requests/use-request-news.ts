import { useEffect, useRef } from 'react';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { toast } from '../../ui/toast.ts';
import { formatClock } from '../shared/format.ts';
import { waitingForMe } from './request-words.ts';

/**
 * Says at the edge of the window what has become of one's requests, and what waits to be decided on.
 *
 * @returns how many requests wait for this person
 */
export function useRequestNews(): number {
  const { data } = useRead('requests.list', {});
  const seen = useRef<ReadonlyMap<string, AccessRequest['state']>>(undefined);
  useEffect(() => {
    if (!data) return;
    const before = seen.current;
    seen.current = new Map(data.requests.map(({ id, state }) => [id, state]));
    if (!before) return;
    for (const request of data.requests) {
      if (before.get(request.id) !== request.state) tell(request, before.has(request.id));
    }
  }, [data]);
  return waitingForMe(data?.requests ?? []).length;
}

function tell(
  { isMine, mayReview, state, role, user, reason, resolvedBy, resolveReason, expiresAt }: AccessRequest,
  isKnown: boolean,
) {
  if (isMine && isKnown && state === 'approved') {
    toast({
      title: `You have ${role.name} until ${formatClock(expiresAt)}`,
      description: `${resolvedBy} has approved it.`,
    });
  } else if (isMine && isKnown && state === 'denied') {
    toast({ title: `${resolvedBy} has denied ${role.name}`, description: resolveReason, tone: 'bad' });
  } else if (mayReview && state === 'pending') {
    toast({ title: `${user} asks for ${role.name}`, description: reason });
  }
}
