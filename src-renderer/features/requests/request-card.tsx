import type { ReactNode } from 'react';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { toastError } from '../shared/error-toast.ts';
import { formatMoment } from '../shared/format.ts';
import { TimeLeft } from '../shared/time-left.tsx';
import type { Deciding } from './decide-dialog.tsx';
import { durationWords, stateWords } from './request-words.ts';

/** One request: who asks for what, why and for how long, how it stands, and what one may do about it. */
export function RequestCard({ request, onDecide }: { request: AccessRequest; onDecide: (deciding: Deciding) => void }) {
  const { user, app, role, reason, duration, createdAt, state, isMine } = request;
  const { label, tone } = stateWords[state];
  return (
    <li className="flex items-start gap-4 rounded-lg bg-surface p-3.5 ring-1 ring-line ring-inset">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Chip tone={tone}>{label}</Chip>
          <h2 className="min-w-0 truncate font-semibold" title={role.arn}>
            {role.name}
          </h2>
          <span className="font-mono text-muted text-sm tabular">{role.accountId}</span>
          <span className="text-muted text-sm">
            {app} · {durationWords(duration)}
          </span>
        </div>
        <p className="[overflow-wrap:anywhere]">{reason}</p>
        <p className="text-muted text-sm">
          {isMine ? 'You' : user} asked at {formatMoment(createdAt)}. <Outcome request={request} />
        </p>
      </div>
      <Actions request={request} onDecide={onDecide} />
    </li>
  );
}

function Outcome({ request }: { request: AccessRequest }): ReactNode {
  const { state, expiresAt, resolvedBy = 'Somebody', resolvedAt = 0, resolveReason } = request;
  const comment = resolveReason === undefined ? null : <> “{resolveReason}”</>;
  switch (state) {
    case 'pending':
      return (
        <>
          Lapses in <TimeLeft until={expiresAt} />.
        </>
      );
    case 'approved':
      return (
        <>
          {resolvedBy} approved it; <TimeLeft until={expiresAt} /> left.{comment}
        </>
      );
    case 'denied':
      return (
        <>
          {resolvedBy} denied it at {formatMoment(resolvedAt)}.{comment}
        </>
      );
    case 'withdrawn':
      return <>Withdrawn at {formatMoment(expiresAt)}.</>;
    case 'expired':
      return request.resolvedBy === undefined ? (
        <>Nobody has decided.</>
      ) : (
        <>The access ended at {formatMoment(expiresAt)}.</>
      );
  }
}

function Actions({ request, onDecide }: { request: AccessRequest; onDecide: (deciding: Deciding) => void }) {
  const withdraw = useAct('requests.withdraw');
  const { id, user, role, state, isMine, mayReview } = request;
  if (isMine && (state === 'pending' || state === 'approved')) {
    const isPending = state === 'pending';
    return (
      <Button
        size="sm"
        busy={withdraw.isPending}
        onClick={() => withdraw.mutate({ id }, { onError: toastError })}
        aria-label={`${isPending ? 'Withdraw' : 'Give back'} ${role.name}`}
      >
        {isPending ? 'Withdraw' : 'Give back'}
      </Button>
    );
  }
  if (state !== 'pending' || !mayReview) return null;
  return (
    <div className="flex shrink-0 gap-2">
      <Button
        size="sm"
        onClick={() => onDecide({ request, decision: 'deny' })}
        aria-label={`Deny ${role.name} to ${user}`}
      >
        Deny
      </Button>
      <Button
        size="sm"
        variant="primary"
        onClick={() => onDecide({ request, decision: 'approve' })}
        aria-label={`Approve ${role.name} for ${user}`}
      >
        Approve
      </Button>
    </div>
  );
}
