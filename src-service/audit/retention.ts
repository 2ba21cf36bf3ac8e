import { type ChainHead, readLink } from '../../src-shared/audit/chain.ts';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type Block, deleteBlock, readBlocks } from './blocks.ts';
import type { AuditLog, AuditOutput } from './log.ts';
import { timeOf } from './query.ts';
import type { HeadSigner } from './signing.ts';

/** Takes away events that are too old. */
export interface Retention {
  /** Looks now, instead of waiting for the next time. */
  prune(): Promise<void>;
  close(): Promise<void>;
}

export interface RetentionParts {
  backend: Backend;
  audit: AuditLog;
  outputs: readonly AuditOutput[];
  signer: HeadSigner;
  days: number;
  log: Log;
  now: () => number;
}

const lookEvery = 3_600_000;
const blocksAtOnce = 64;

/**
 * Prunes the log, at the start and every hour. What goes is a whole number of blocks from the beginning, and before
 * it goes, the log says so in an event `audit.pruned`: a signed statement with the hash of the last event that goes.
 * The first event that stays follows from that hash, so `verify` still proves everything after it.
 */
export function startRetention(parts: RetentionParts): Retention {
  const { backend, audit, outputs, signer, days, log, now } = parts;
  let working: Promise<void> = prune();
  const timer = setInterval(() => {
    working = working.then(prune);
  }, lookEvery);
  timer.unref();

  async function prune(): Promise<void> {
    try {
      const old = await oldBlocks(now() - days * 24 * 3_600_000);
      if (!old) return;
      const signed = signer.signPruned(old.last, now());
      const reason = `events are kept for ${days} ${days === 1 ? 'day' : 'days'}`;
      await audit.recordDurably({ event: 'audit.pruned', time: now(), user: '', success: true, reason, signed });
      for (const first of old.blocks) await deleteBlock(backend, first);
      for (const output of outputs) await output.prune?.(old.last.seq);
    } catch (error) {
      log.error('Old audit events cannot be pruned.', { reason: (error as Error).message });
    }
  }

  /** The blocks at the beginning of which every event is too old, and the last of those events. */
  async function oldBlocks(before: number): Promise<{ blocks: number[]; last: ChainHead } | undefined> {
    const found: number[] = [];
    let last: ChainHead | undefined;
    for await (const block of allBlocks(backend)) {
      const line = block.lines.at(-1) ?? '';
      if (!(timeOf(line) < before)) break;
      const link = readLink(line);
      // Whatever has happened to it, it is evidence.
      if (!link?.isIntact) throw new Error(`the block at event ${block.first} is damaged, and stays`);
      found.push(block.first);
      last = { seq: link.seq, hash: link.hash };
    }
    return last && { blocks: found, last };
  }

  return {
    prune() {
      working = working.then(prune);
      return working;
    },
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}

/** Blocks from the first on, but never the last one: it holds the end of the chain. */
async function* allBlocks(backend: Backend): AsyncGenerator<Block> {
  let held: Block | undefined;
  for (;;) {
    const blocks = await readBlocks(backend, { limit: blocksAtOnce, beyond: held?.first });
    for (const block of blocks) {
      if (held) yield held;
      held = block;
    }
    if (blocks.length < blocksAtOnce) return;
  }
}
