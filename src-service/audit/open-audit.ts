import { join } from 'node:path';
import { readLink } from '../../src-shared/audit/chain.ts';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type AuditLog, type AuditOutput, openAuditLog } from './log.ts';
import { openJsonlOutput, stdoutOutput } from './outputs.ts';
import { queryAudit } from './query.ts';
import { startRetention } from './retention.ts';
import { openHeadSigner } from './signing.ts';
import { type Statements, startStatements } from './statements.ts';

/** How the audit log is kept, beside the store. */
export interface AuditOptions {
  /** Where events are written as well: the file `audit.jsonl` in the service's folder, standard output. Nowhere by default. */
  outputs?: readonly ('file' | 'stdout')[] | undefined;
  /** Whether requests stop while the store cannot be written (the default), or go on. */
  whenFailing?: 'stop' | 'continue' | undefined;
  /** How many days events are kept; for ever unless given. */
  retentionDays?: number | undefined;
}

interface OpenOptions extends AuditOptions {
  backend: Backend;
  /** Whether the file is to have every event of the store, and not, as with replicas, those of this process. */
  followsStore: boolean;
  cluster: string;
  stateDir: string;
  log: Log;
  now: () => number;
}

/** Opens the audit log with its outputs, and begins to sign it. */
export async function openAudit(
  options: OpenOptions,
): Promise<{ audit: AuditLog; statements: Statements; closeAudit: () => Promise<void> }> {
  const { backend, followsStore, cluster, stateDir, outputs = [] } = options;
  const { whenFailing = 'stop', retentionDays, log, now } = options;
  const onError = (error: Error) => log.error('The audit file cannot be written.', { reason: error.message });
  const openFile = async (): Promise<AuditOutput> => {
    const file = await openJsonlOutput(join(stateDir, 'audit.jsonl'), onError);
    if (followsStore && file.lastLine !== undefined) await catchUp(file, file.lastLine, backend);
    return file;
  };
  const opened = await Promise.all(outputs.map((output) => (output === 'file' ? openFile() : stdoutOutput(onError))));
  const audit = await openAuditLog({ backend, outputs: opened, whenFailing, log, now });
  const signer = await openHeadSigner(stateDir, cluster);
  const statements = await startStatements(audit, signer, log, now);
  const retention =
    retentionDays === undefined
      ? undefined
      : startRetention({ backend, audit, outputs: opened, signer, days: retentionDays, log, now });
  return {
    audit,
    statements,
    async closeAudit() {
      await retention?.close();
      await statements.close();
      await audit.close();
    },
  };
}

/**
 * Writes what the store has after the file's last line: events are in the store first, and a process may be killed, or
 * a disk be full, in between. A file that is not of this store is left to its own.
 */
async function catchUp(file: AuditOutput, lastLine: string, backend: Backend): Promise<void> {
  const seq = readLink(lastLine)?.seq;
  if (seq === undefined) return;
  const read = (after: number) => queryAudit(backend, { filter: {}, order: 'oldest', limit: 1_000, after });
  let page = await read(seq - 1);
  if (page.lines[0] !== lastLine) return;
  page.lines.shift();
  for (;;) {
    if (page.lines.length > 0) await file.write(page.lines);
    if (page.next === undefined) return;
    page = await read(page.next);
  }
}
