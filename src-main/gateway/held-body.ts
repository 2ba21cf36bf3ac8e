import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Body } from '../../src-shared/contracts/aws-call.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import type { GatewayLimits } from './limits.ts';
import { RefusedRequest } from './refusal.ts';

/** A body that had to be read whole before anything could be done with it. */
export interface HeldBody {
  /** SHA-256 in hex. */
  hash: string;
  /** Its bytes, once. */
  take(): Body;
  /** Lets go of a body that nobody took. */
  discard(): void;
}

type HoldLimits = Pick<GatewayLimits, 'heldBytes' | 'spilledBytes'>;

/**
 * Reads a body whole: into memory, and from a size on into a private temporary file that has no name any more.
 *
 * @throws RefusedRequest `request_too_large`, at once where the request says its length
 */
export function holdBody(message: IncomingMessage, limits: HoldLimits): Promise<HeldBody> {
  const declared = message.headers['content-length'];
  const length = declared === undefined ? undefined : Number(declared);
  if (length === undefined) return holdLarge(message, limits);
  if (length > limits.spilledBytes) return Promise.reject(tooLarge(limits));
  return length <= limits.heldBytes ? holdSmall(message) : holdLarge(message, limits);
}

/** A body that fits into memory for certain. Read by its events: an iterator costs more than the rest of it. */
function holdSmall(message: IncomingMessage): Promise<HeldBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    // On, and not once: who reads no further than the end need not take the listener away.
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(inMemory(chunks)));
    message.on('error', reject);
  });
}

function inMemory(chunks: readonly Buffer[]): HeldBody {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks);
  return { hash: sha256Hex(bytes), take: () => bytes, discard: nothing };
}

const nothing = () => undefined;

async function holdLarge(message: IncomingMessage, limits: HoldLimits): Promise<HeldBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  let spill: Spill | undefined;
  try {
    // The connection must survive a body that is too large: the answer that says so goes back on it.
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.spilledBytes) throw tooLarge(limits);
      if (!spill && size > limits.heldBytes) spill = await spillFrom(chunks);
      if (spill) await spill.write(chunk);
      else chunks.push(chunk);
    }
  } catch (error) {
    await spill?.held().discard();
    throw error;
  }
  return spill ? spill.held() : inMemory(chunks);
}

interface Spill {
  write(chunk: Buffer): Promise<void>;
  held(): HeldBody;
}

async function spillFrom(chunks: Buffer[]): Promise<Spill> {
  const hash = createHash('sha256');
  const file = await openUnnamedFile();
  const spill: Spill = {
    async write(chunk) {
      hash.update(chunk);
      await file.handle.writeFile(chunk);
    },
    held: () => ({
      hash: hash.digest('hex'),
      take: () => createReadStream('', { fd: file.handle, start: 0 }).once('close', file.remove),
      discard: () => void file.handle.close().then(file.remove, file.remove),
    }),
  };
  for (const chunk of chunks.splice(0)) await spill.write(chunk);
  return spill;
}

/** A file for this user alone, gone with the process however that ends; where a system keeps open files, gone after use. */
async function openUnnamedFile(): Promise<{ handle: FileHandle; remove: () => void }> {
  const path = join(tmpdir(), `rolegate-body-${randomBytes(16).toString('hex')}`);
  const handle = await open(path, 'wx+', 0o600);
  const removed = await unlink(path).then(
    () => true,
    () => false,
  );
  return { handle, remove: removed ? () => undefined : () => void unlink(path).catch(() => undefined) };
}

function tooLarge({ spilledBytes }: HoldLimits): RefusedRequest {
  const size = Math.round(spilledBytes / 1024 / 1024);
  return new RefusedRequest(
    'request_too_large',
    `The body is larger than ${size} MiB, which is as much as can be held to check its signature. A tool that declares ` +
      'the hash of its body (x-amz-content-sha256), as S3 tools do, can send any size.',
  );
}
