import { join } from 'node:path';
import { createJobs } from '../../src-main/dynamodb/jobs/jobs.ts';
import type { JobView } from '../../src-shared/contracts/jobs.ts';
import { answerExports } from './answer-exports.ts';
import { roleArn, startBenchService } from './bench-service.ts';

/** What is measured: an export as a job, with the app-service behind it (access decision, signature, audit event). */
const [upstream = '', sts = '', accessKeyId = '', secretAccessKey = '', table = ''] = process.argv.slice(2);
const { folder, service, token, session } = await startBenchService(upstream, sts, accessKeyId, secretAccessKey);
const place = { appSessionId: session.id, region: 'us-east-1', table };
let target = '';
let isOver: (job: JobView) => void = () => undefined;
const jobs = createJobs({
  folder: join(folder, 'jobs'),
  forwardFor: () => (call, signal) => service.forward(token, { ...call, appSessionId: session.id }, signal),
  safetyOf: () => ({ heldBy: undefined, isProduction: false }),
  sessions: () => [
    {
      id: session.id,
      app: 'aws',
      role: { arn: roleArn, name: 'bench', path: '/', accountId: '123456789000', partition: 'aws' },
      region: 'us-east-1',
      startedAt: 0,
      expiresAt: session.expiresAt,
      accessKeyId: '',
      keepsKeys: false,
      readOnly: false,
      unlocked: false,
      plainHttp: false,
    },
  ],
  askForFile: async () => target,
  notify: undefined,
  onChange: ([latest]) => {
    if (latest && latest.state !== 'running') isOver(latest);
  },
  onFault: (error) => console.error(error),
});
await jobs.setUser('bench');

answerExports(async (path) => {
  target = path;
  const file = await jobs.chooseFile({ to: 'export', table, format: 'dynamodb-json', gzip: false });
  if (file.is !== 'chosen') throw new Error('No file.');
  const over = new Promise<JobView>((resolve) => {
    isOver = resolve;
  });
  const { jobId } = await jobs.start({
    kind: 'export',
    ...place,
    limits: { segments: 4 },
    scope: { of: 'table' },
    fileId: file.fileId,
    format: 'dynamodb-json',
    gzip: false,
    types: true,
  });
  const { state, error } = await over;
  if (state !== 'done') throw new Error(`The export is ${state}: ${error?.message}`);
  await jobs.forget(jobId);
});
