import { type ChainHead, emptyChain, readLink } from '../../src-shared/audit/chain.ts';
import type { Backend } from '../backend/backend.ts';

/**
 * How the chain lies in the store: in blocks of some lines each. A block's key is the number of its first event, so
 * the next block has one possible key, and creating it is what decides which of two replicas goes first.
 */
export interface Block {
  /** Number of its first event. */
  first: number;
  lines: readonly string[];
}

const prefix = 'audit/';

/** @returns false, changing nothing, when there is such a block already */
export async function writeBlock(backend: Backend, { first, lines }: Block): Promise<boolean> {
  return (await backend.create({ key: keyOf(first), value: { lines } })) !== undefined;
}

/** Takes a block away. */
export async function deleteBlock(backend: Backend, first: number): Promise<void> {
  await backend.delete(keyOf(first));
}

/** Where the chain ends. */
export async function readHead(backend: Backend): Promise<ChainHead> {
  const [last] = await readBlocks(backend, { limit: 1, newestFirst: true });
  const line = last?.lines.at(-1);
  if (!last || line === undefined) return emptyChain;
  const link = readLink(line);
  // The next event must not take a number that is there, whatever has happened to the last one.
  return { seq: last.first + last.lines.length - 1, hash: link?.hash ?? emptyChain.hash };
}

/** Blocks in order, those that begin after (or, newest first, before) event `beyond`. */
export async function readBlocks(
  backend: Backend,
  { limit, newestFirst = false, beyond }: { limit: number; newestFirst?: boolean; beyond?: number | undefined },
): Promise<Block[]> {
  const entries = await backend.range(prefix, {
    limit,
    reverse: newestFirst,
    ...(beyond !== undefined && { after: keyOf(beyond) }),
  });
  return entries.map(({ key, value }) => ({
    first: Number(key.slice(prefix.length)),
    lines: (value as { lines?: string[] } | null)?.lines ?? [],
  }));
}

/** The block that holds an event, or the first after it. */
export async function blockAt(backend: Backend, seq: number): Promise<Block | undefined> {
  const [at] = await readBlocks(backend, { limit: 1, newestFirst: true, beyond: seq + 1 });
  if (at && at.first + at.lines.length > seq) return at;
  const [next] = await readBlocks(backend, { limit: 1, beyond: seq });
  return next;
}

/** Keys are ordered as text. */
function keyOf(seq: number): string {
  return `${prefix}${String(seq).padStart(15, '0')}`;
}
