import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, brotliDecompress, constants } from 'node:zlib';
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

/** What is stored of a block: a few lines as they are; more of them as base64 of their text in Brotli (RFC 7932). */
type StoredBlock = { lines?: string[]; brotli?: string } | null;

const prefix = 'audit/';
/** Fewer characters than this are not worth it. */
const worthPacking = 8 * 1024;
const pack = promisify<string, BrotliOptions, Buffer>(brotliCompress);
const unpack = promisify<Buffer, Buffer>(brotliDecompress);
/** Half the time of the fastest gzip, and smaller; more quality takes longer than the store saves. */
const quickly: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** @returns false, changing nothing, when there is such a block already */
export async function writeBlock(backend: Backend, { first, lines }: Block): Promise<boolean> {
  return (await backend.create({ key: keyOf(first), value: await toStored(lines) })) !== undefined;
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
  return Promise.all(
    entries.map(async ({ key, value }) => ({
      first: Number(key.slice(prefix.length)),
      lines: await linesOf(value as StoredBlock),
    })),
  );
}

/**
 * Events of one hour are much alike: packed they take a fifth of the room, and less time than the store would need for
 * the rest of it.
 */
async function toStored(lines: readonly string[]): Promise<StoredBlock> {
  const text = lines.join('\n');
  if (text.length < worthPacking) return { lines: [...lines] };
  return { brotli: (await pack(text, quickly)).toString('base64') };
}

async function linesOf(stored: StoredBlock): Promise<string[]> {
  if (stored?.brotli === undefined) return stored?.lines ?? [];
  try {
    return (await unpack(Buffer.from(stored.brotli, 'base64'))).toString('utf8').split('\n');
  } catch {
    // Somebody has changed it. That is for `verify` to tell, which calls this line no event; the rest can be read.
    return ['Events that cannot be unpacked.'];
  }
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
