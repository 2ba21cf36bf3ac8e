import { jobSum, jobTitle, progressWords } from '../../src-shared/jobs/words.ts';
import { withRolegate } from '../connect.ts';
import { note, print, table } from '../output.ts';
import { followJob } from './follow-job.ts';

/** `rolegate table jobs`. */
export async function listJobs({ format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const jobs = await calls.call('jobs.list', {});
    if (format === 'json') print(JSON.stringify(jobs, null, 2));
    else if (jobs.length === 0) note('There are no jobs.');
    else {
      const rows = jobs.map((job) => [
        job.id,
        jobTitle(job),
        job.state,
        job.state === 'done' || job.state === 'cancelled' ? jobSum(job) : progressWords(job),
      ]);
      print(table(['Id', 'Job', 'State', 'Items'], rows));
    }
  });
}

/** `rolegate table resume`. */
export async function resumeJob(jobId: string): Promise<void> {
  await withRolegate(
    async (calls, connection) => {
      await calls.call('jobs.resume', { jobId });
      await followJob(calls, connection, jobId, {});
    },
    { stays: true },
  );
}

/** `rolegate table cancel`. */
export async function cancelJob(jobId: string): Promise<void> {
  await withRolegate(async (calls) => {
    await calls.call('jobs.cancel', { jobId });
    note('The job is cancelled. What it has written stays.');
  });
}
