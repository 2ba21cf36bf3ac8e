import type { SignedHead } from '../../src-shared/audit/statement.ts';
import type { Log } from '../log.ts';
import type { AuditLog } from './log.ts';
import type { HeadSigner } from './signing.ts';

/** Signs the end of the log now and then, into the log itself and into a file beside the store. */
export interface Statements {
  /** Signs the end of the log as it is now. */
  now(): Promise<SignedHead>;
  /** Signs what is new, for the last time. */
  close(): Promise<void>;
}

const signEvery = 60_000;
const signAfterEvents = 5_000;

/** Begins to sign, after having compared what was signed last with what the store says. */
export async function startStatements(
  audit: AuditLog,
  signer: HeadSigner,
  log: Log,
  now: () => number,
): Promise<Statements> {
  let signedSeq = (await audit.head()).seq;
  let timer: NodeJS.Timeout | undefined;
  let signing: Promise<void> | undefined;
  await compareWithKept();

  async function compareWithKept(): Promise<void> {
    const kept = await signer.kept();
    const { seq } = await audit.head();
    if (!kept || kept.seq <= seq) return;
    const reason = `${kept.seq} events were signed, and ${seq} are there`;
    log.error('The end of the audit log was cut off.', { reason });
    audit.record({ event: 'audit.cut_off', time: now(), user: '', success: false, reason });
  }

  audit.onWritten(({ seq }) => {
    // The statement is an event too; alone it needs no other.
    if (seq <= signedSeq + 1) return;
    if (seq - signedSeq > signAfterEvents) void sign();
    else if (!timer) {
      timer = setTimeout(() => void sign(), signEvery);
      timer.unref();
    }
  });

  function sign(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    signing ??= signOnce()
      .catch((error: unknown) => log.error('The audit log cannot be signed.', { reason: String(error) }))
      .finally(() => {
        signing = undefined;
      });
    return signing;
  }

  async function signOnce(): Promise<void> {
    const head = await audit.head();
    if (head.seq <= signedSeq) return;
    signedSeq = head.seq;
    const signed = signer.sign(head, now());
    await audit.recordDurably({ event: 'audit.signed', time: now(), user: '', success: true, signed });
    await signer.keep(signer.sign(await audit.head(), now()));
  }

  return {
    async now() {
      const head = signer.sign(await audit.head(), now());
      await signer.keep(head);
      return head;
    },
    async close() {
      const { seq } = await audit.head();
      if (seq > signedSeq + 1) await sign();
    },
  };
}
