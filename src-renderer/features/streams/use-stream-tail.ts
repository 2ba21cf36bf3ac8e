import { useEffect } from 'react';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { StreamTail } from './stream-tail.ts';

/** DynamoDB may be asked five times a second for each shard; once is enough for eyes. */
const restMilliseconds = 1000;
const remembered = 10;
const tails = new WeakMap<RolegateClient, Map<string, StreamTail>>();

/**
 * The following of a table's stream. It outlives the view, so that nothing is lost by looking elsewhere, but it is
 * paused meanwhile: nobody would see what is read.
 */
export function useStreamTail(table: string): StreamTail {
  const client = useClient();
  const { where, isOver } = useSession();
  const tail = tailOf(client, { ...where, table });
  useEffect(() => {
    if (isOver) tail.pause();
    else void tail.show();
    return () => tail.hide();
  }, [tail, isOver]);
  return tail;
}

function tailOf(client: RolegateClient, place: { appSessionId: string; region: string; table: string }): StreamTail {
  const all = tails.get(client) ?? new Map<string, StreamTail>();
  tails.set(client, all);
  const key = JSON.stringify([place.appSessionId, place.region, place.table]);
  const known = all.get(key);
  if (known) return known;
  const made = new StreamTail({
    open: (from) => client.read('streams.open', { ...place, from }),
    next: (tailId) => client.read('streams.next', { tailId }),
    close: (tailId) => void client.act('streams.close', { tailId }).catch(() => undefined),
    rest: () => new Promise((resolve) => setTimeout(resolve, restMilliseconds)),
  });
  all.set(key, made);
  const [oldest] = all;
  if (all.size > remembered && oldest) {
    oldest[1].stop();
    all.delete(oldest[0]);
  }
  return made;
}
