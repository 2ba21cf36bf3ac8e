import { join } from 'node:path';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type AuditLog, openAuditLog } from './log.ts';
import { openJsonlOutput, stdoutOutput } from './outputs.ts';
import { startRetention } from './retention.ts';
import { openHeadSigner } from './signing.ts';
import { type Statements, startStatements } from './statements.ts';

/** How the audit log is kept, beside the store. */
export interface AuditOptions {
  /** Where events are written as well; a file `audit.jsonl` in the service's folder by default. */
  outputs?: readonly ('file' | 'stdout')[] | undefined;
  /** Whether requests stop while the store cannot be written (the default), or go on. */
  whenFailing?: 'stop' | 'continue' | undefined;
  /** How many days events are kept; for ever unless given. */
  retentionDays?: number | undefined;
}

interface OpenOptions extends AuditOptions {
  backend: Backend;
  cluster: string;
  stateDir: string;
  log: Log;
  now: () => number;
}

/** Opens the audit log with its outputs, and begins to sign it. */
export async function openAudit(
  options: OpenOptions,
): Promise<{ audit: AuditLog; statements: Statements; closeAudit: () => Promise<void> }> {
  const { backend, cluster, stateDir, outputs = ['file'], whenFailing = 'stop', retentionDays, log, now } = options;
  const onError = (error: Error) => log.error('The audit file cannot be written.', { reason: error.message });
  const opened = await Promise.all(
    outputs.map((output) =>
      output === 'file' ? openJsonlOutput(join(stateDir, 'audit.jsonl'), onError) : stdoutOutput(onError),
    ),
  );
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
