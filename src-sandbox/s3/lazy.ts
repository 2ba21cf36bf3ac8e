import { rename, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { awsErrorReply } from '../../src-shared/aws/error-shape.ts';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import { send } from '../http/reply.ts';
import type { AccessKeys } from '../iam/access-keys.ts';
import type { S3Call } from './request.ts';

export type { S3Signature } from './request.ts';

/** What S3 is made with. */
export interface S3Options {
  /** Where it keeps its data. */
  folder: string;
  keys: AccessKeys;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** S3 once it has been opened. */
interface OpenS3 {
  answer(call: S3Call, response: ServerResponse): Promise<void>;
  close(): void;
}

/** S3, of which nothing is loaded, read or written before it is first asked for. */
export class LazyS3 {
  readonly #options: S3Options;
  #open: Promise<OpenS3> | undefined;
  /** What must be over before S3 may be opened. */
  #barrier: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: S3Options) {
    this.#options = options;
  }

  /** Answers one request. @throws what is a fault of the sandbox itself */
  async answer(call: S3Call, response: ServerResponse): Promise<void> {
    await this.#settled();
    if (this.#closed) return unavailable(call, response);
    this.#open ??= openS3(this.#options);
    const open = this.#open;
    try {
      await (await open).answer(call, response);
    } catch (error) {
      // Reset or closed under its feet, it may try again; what could not be opened is tried anew the next time.
      const isCurrent = this.#open === open;
      if (isCurrent && (await failed(open))) this.#open = undefined;
      if (isCurrent || response.headersSent || response.destroyed) throw error;
      unavailable(call, response);
    }
  }

  /** Puts everything back to what a sandbox begins with. Requests wait meanwhile. */
  async reset(): Promise<void> {
    const done = this.#barrier.then(async () => {
      await this.#stop();
      // Moved away in one step first: half-deleted data must never be taken for data.
      const { folder } = this.#options;
      const doomed = `${folder}.old`;
      await rm(doomed, { recursive: true, force: true });
      await rename(folder, doomed).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      await rm(doomed, { recursive: true, force: true });
    });
    this.#barrier = done.catch(() => undefined);
    await done;
  }

  /** Closes it for good. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#barrier;
    await this.#stop();
  }

  /** Waits until nothing is in the way, also of what came while it waited. */
  async #settled(): Promise<void> {
    for (let seen: unknown; seen !== this.#barrier; ) {
      seen = this.#barrier;
      await this.#barrier;
    }
  }

  async #stop(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    (await open?.catch(() => undefined))?.close();
  }
}

async function failed(open: Promise<OpenS3>): Promise<boolean> {
  return open.then(
    () => false,
    () => true,
  );
}

async function openS3({ folder, keys, now }: S3Options): Promise<OpenS3> {
  const [{ answerS3 }, { openSeededStore }] = await Promise.all([import('./s3.ts'), import('./seed/seed.ts')]);
  await makePrivateFolder(dirname(folder));
  const store = await openSeededStore(folder);
  return {
    answer: (call, response) => answerS3(call, { store, keys, now }, response),
    close: () => store.close(),
  };
}

function unavailable({ requestId }: S3Call, response: ServerResponse): void {
  const message = "The sandbox's S3 is being reset or closed. Try again.";
  send(response, awsErrorReply('s3', { refusal: 'service_unavailable', message, requestId }));
}
