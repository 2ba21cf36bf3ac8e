import { useEffect, useState } from 'react';
import type { AuditQuery } from '../../../src-shared/contracts/admin-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';
import { logPages } from './read-log.ts';

/** What came in since the list was read, the oldest first. */
interface Tail {
  /** Which list it belongs to. */
  key: string;
  lines: readonly string[];
  /** The last event that was looked at. */
  position: number;
  error: RolegateError | undefined;
}

const every = 1_500;
/** More than that nobody reads as it comes; the list then stands still and says so. */
const maxLines = 10_000;

/**
 * Follows the log. What comes in while it is paused comes when it goes on.
 *
 * @param start the last event that the list has looked at; undefined while it is not read yet
 */
export function useTail(filter: AuditQuery['filter'], start: number | undefined, isFollowing: boolean) {
  const client = useClient();
  const key = JSON.stringify([filter, start]);
  const [tail, setTail] = useState<Tail>({ key, lines: [], position: start ?? 0, error: undefined });
  const current = tail.key === key ? tail : { key, lines: [], position: start ?? 0, error: undefined };
  const isFull = current.lines.length >= maxLines;
  const { position } = current;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the position goes on inside, and is taken up after a pause.
  useEffect(() => {
    if (start === undefined || !isFollowing || isFull) return undefined;
    const state = { position, isOver: false, timer: 0 };
    const [wanted] = JSON.parse(key) as [AuditQuery['filter']];
    const look = async () => {
      try {
        const next = await newer(client, wanted, state.position);
        if (state.isOver) return;
        state.position = next.position;
        setTail((before) => {
          const lines = before.key === key ? before.lines : [];
          if (next.lines.length === 0 && before.key === key && !before.error) return before;
          return { key, lines: [...lines, ...next.lines], position: next.position, error: undefined };
        });
      } catch (error) {
        if (state.isOver || !(error instanceof RolegateError)) return;
        setTail((before) => ({
          key,
          lines: before.key === key ? before.lines : [],
          position: state.position,
          error,
        }));
      }
      if (!state.isOver) state.timer = window.setTimeout(() => void look(), every);
    };
    state.timer = window.setTimeout(() => void look(), every);
    return () => {
      state.isOver = true;
      clearTimeout(state.timer);
    };
  }, [client, key, start, isFollowing, isFull]);

  return { lines: current.lines, error: current.error, isFull };
}

/** What has been written since, as far as it fits. */
async function newer(client: RolegateClient, filter: AuditQuery['filter'], position: number) {
  const { seq } = await client.read('audit.head', {});
  const lines: string[] = [];
  if (seq > position) {
    for await (const page of logPages(client, { filter, order: 'oldest', after: position })) lines.push(...page);
  }
  return { lines, position: Math.max(position, seq, ...lines.slice(-1).map(seqOf)) };
}

/** The number that every line begins with. */
function seqOf(line: string): number {
  return Number(/^\{"seq":(\d{1,15})\b/.exec(line)?.[1] ?? 0);
}
