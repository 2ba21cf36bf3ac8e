import type { CallName } from '../../../src-shared/contracts/call-names.ts';
import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import type { FakeBridge, Handlers } from './fake-bridge.ts';
import { exampleRole } from './people.ts';

const place = { accountId: exampleRole.accountId, role: exampleRole.name, region: 'us-east-1', table: 'Orders' };

function job(id: string, changes: Partial<JobView>): JobView {
  return {
    id,
    kind: 'export',
    place,
    state: 'running',
    phase: 'Reading',
    startedAt: 1_763_650_000_000,
    counts: { found: 8200, done: 8200, skipped: 0, failed: 0 },
    total: { items: 20_400, isAbout: true },
    handled: 8200,
    rate: 1250,
    secondsLeft: 9.8,
    readUnits: 412.5,
    writeUnits: 0,
    retries: 0,
    throttling: [],
    ...changes,
  };
}

const stopped = { rate: 0, secondsLeft: 0 };

/** A job in each of the states that it is drawn in. */
export const fakeJobs: JobView[] = [
  job('job-running', { file: { name: 'Orders-2025-11-20.jsonl' } }),
  job('job-import', {
    kind: 'import',
    ...stopped,
    state: 'paused',
    pausedBy: 'error',
    error: {
      code: 'session_expired',
      message: 'The security token included in the request is expired.',
      hint: 'Start the role again, then resume the job. Nothing is lost.',
      retryable: false,
      needsLogin: true,
    },
    counts: { found: 5200, done: 5180, skipped: 18, failed: 2 },
    handled: 5200,
    total: { items: 9000, isAbout: true },
    writeUnits: 10_400,
    readUnits: 0,
    retries: 41,
    throttling: ['TableWriteProvisionedThroughputExceeded'],
    mode: 'keep',
  }),
  job('job-delete', {
    kind: 'delete',
    ...stopped,
    state: 'waiting',
    phase: 'Waiting for you',
    counts: { found: 1234, done: 0, skipped: 0, failed: 0 },
    handled: 0,
    total: { items: 1234, isAbout: false },
  }),
  job('job-copy', {
    kind: 'copy',
    ...stopped,
    to: { ...place, region: 'eu-west-1', table: 'Orders-copy' },
    state: 'done',
    endedAt: 1_763_650_090_000,
    counts: { found: 20_400, done: 20_397, skipped: 3, failed: 0 },
    writeUnits: 20_397,
  }),
];

type JobCall = Extract<CallName, `jobs.${string}`>;

/** Jobs that begin, and then stand still: how they go on is for the tests of the real ones. */
export function jobHandlers(bridge: FakeBridge): Pick<Handlers, JobCall> {
  const change = (jobId: string, changes: Partial<JobView>) =>
    bridge.change({ jobs: bridge.state.jobs.map((one) => (one.id === jobId ? { ...one, ...changes } : one)) });
  return {
    'jobs.chooseFile': ({ to }) => ({
      is: 'chosen',
      fileId: 'file-0001',
      name: to === 'import' ? 'people.csv' : 'Orders.jsonl',
      ...(to === 'import' && { bytes: 48_210 }),
    }),
    'jobs.nameFile': () => ({ fileId: 'file-0001', name: 'Orders.jsonl' }),
    'jobs.upload': () => ({ fileId: 'file-0001' }),
    'jobs.inspect': () => ({
      format: 'csv',
      gzip: false,
      bytes: 48_210,
      items: { items: 640, isAbout: true },
      columns: [
        { name: 'CustomerId', to: 'CustomerId', type: 'S' },
        { name: 'OrderId', to: 'OrderId', type: 'S' },
        { name: 'Total', to: 'Total', type: 'N' },
        { name: 'Paid', to: 'Paid', type: 'BOOL' },
      ],
      rows: [['c-0001', 'o-2025-0001', '129.90', 'true']],
    }),
    'jobs.list': () => bridge.state.jobs,
    'jobs.start': ({ spec: { kind, region, table } }) => {
      const id = `job-${bridge.state.revision}-new`;
      const started = job(id, { kind, place: { ...place, region, table }, handled: 0, rate: 0, phase: '' });
      bridge.change({
        jobs: [{ ...started, counts: { found: 0, done: 0, skipped: 0, failed: 0 } }, ...bridge.state.jobs],
      });
      return { jobId: id };
    },
    'jobs.pause': ({ jobId }) => {
      change(jobId, { state: 'paused', pausedBy: 'person', ...stopped });
      return {};
    },
    'jobs.resume': ({ jobId }) => {
      const { error: _, ...rest } = bridge.state.jobs.find(({ id }) => id === jobId) ?? job(jobId, {});
      bridge.change({
        jobs: bridge.state.jobs.map((one) => (one.id === jobId ? { ...rest, state: 'running' as const } : one)),
      });
      return {};
    },
    'jobs.cancel': ({ jobId }) => {
      change(jobId, { state: 'cancelled', endedAt: 1_763_650_090_000, ...stopped });
      return {};
    },
    'jobs.forget': ({ jobId }) => {
      bridge.change({ jobs: bridge.state.jobs.filter(({ id }) => id !== jobId) });
      return {};
    },
    'jobs.saveLedger': () => ({ saved: true, path: 'Downloads/Orders-export-ledger.jsonl' }),
  };
}
