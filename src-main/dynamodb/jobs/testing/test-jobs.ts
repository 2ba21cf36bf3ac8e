import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobSpec, JobView } from '../../../../src-shared/contracts/jobs.ts';
import type { AppSession } from '../../../../src-shared/contracts/state.ts';
import type { HeldBack } from '../../../../src-shared/production/production.ts';
import { createJobs, type Jobs } from '../jobs.ts';
import type { FakeTables } from './fake-table.ts';

export const session: AppSession = {
  id: 'session-01',
  app: 'aws',
  role: {
    arn: 'arn:aws:iam::123456789012:role/worker',
    name: 'worker',
    path: '/',
    accountId: '123456789012',
    partition: 'aws',
  },
  region: 'us-east-1',
  startedAt: 0,
  expiresAt: 9_999_999_999_999,
  accessKeyId: 'AKIA',
  keepsKeys: false,
  readOnly: false,
  unlocked: false,
  plainHttp: false,
};

export const inTable = (table: string) => ({ appSessionId: session.id, region: 'us-east-1', table });
export const limits = { segments: 2 };

/** Jobs on a folder of their own, with tables made up in memory and a clock that never waits. */
export class TestJobs {
  readonly folder: string;
  readonly tables: FakeTables;
  jobs: Jobs;
  seen: JobView[] = [];
  /** What the file dialog answers. */
  chosen: string | undefined;
  notified: string[] = [];
  faults: unknown[] = [];
  slept: number[] = [];
  isKilled = false;
  /** What holds the session to reading. */
  heldBy: HeldBack | undefined;
  isProduction = false;
  private readonly waiting = new Set<() => void>();

  constructor(tables: FakeTables, folder = mkdtempSync(join(tmpdir(), 'rolegate-jobs-'))) {
    this.folder = folder;
    this.tables = tables;
    this.jobs = createJobs({
      folder: join(folder, 'jobs'),
      forwardFor: () => tables.forward,
      safetyOf: () => ({ heldBy: this.heldBy, isProduction: this.isProduction }),
      sessions: () => [session],
      askForFile: async () => this.chosen,
      notify: (title, body) => this.notified.push(`${title}: ${body}`),
      onChange: (jobs) => {
        this.seen = jobs;
        for (const look of this.waiting) look();
      },
      onFault: (error) => this.faults.push(error),
      clock: {
        now: Date.now,
        sleep: async (milliseconds, stop) => {
          this.slept.push(milliseconds);
          stop.throwIfAborted();
        },
      },
    });
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  async open(): Promise<this> {
    await this.jobs.setUser('alice');
    return this;
  }

  async choose(path: string, to: 'export' | 'import'): Promise<string> {
    this.chosen = path;
    const input = to === 'import' ? { to } : { to, table: 'T', format: 'dynamodb-json' as const, gzip: false };
    const file = await this.jobs.chooseFile(input);
    if (file.is !== 'chosen') throw new Error('Nothing was chosen.');
    return file.fileId;
  }

  /** Starts a job and waits until it stands still. */
  async run(spec: JobSpec, confirmed?: string): Promise<JobView> {
    const { jobId } = await this.jobs.start(spec, confirmed);
    return this.until(jobId, ({ state }) => state !== 'running' && state !== 'pausing');
  }

  async resume(jobId: string): Promise<JobView> {
    // What was seen before it went on says nothing.
    this.seen = [];
    await this.jobs.resume(jobId);
    return this.until(jobId, ({ state }) => state !== 'running' && state !== 'pausing');
  }

  until(jobId: string, holds: (view: JobView) => boolean): Promise<JobView> {
    return new Promise((resolve) => {
      const look = () => {
        const view = this.seen.find(({ id }) => id === jobId);
        if (!view || !holds(view)) return;
        this.waiting.delete(look);
        resolve(view);
      };
      this.waiting.add(look);
      look();
    });
  }

  async remove(): Promise<void> {
    // One that was killed in the middle of a request will never close.
    if (!this.isKilled) await this.jobs.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Items with ids 1 to n. */
export function numbered(count: number, more = ''): string[] {
  return Array.from({ length: count }, (_, index) => `{"id":{"S":"item-${index + 1}"},"__proto__":{"N":"1"}${more}}`);
}
