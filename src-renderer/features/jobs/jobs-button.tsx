import { ListChecks } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import { jobSum, jobTitle } from '../../../src-shared/jobs/words.ts';
import { useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Popover } from '../../ui/popover.tsx';
import { toast } from '../../ui/toast.ts';
import { JobCard } from './job-card.tsx';
import { isOver } from './job-words.ts';
import { useJobsPanel } from './open-dialog.ts';

/** How many jobs are under way, and the list of all of them. */
export function JobsButton() {
  const jobs = useAppState((state) => state.jobs);
  const [isOpen, setOpen] = useJobsPanel();
  useToasts(jobs);
  const active = jobs.filter((job) => !isOver(job)).length;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Jobs"
      align="end"
      className="max-h-[min(40rem,var(--available-height))]! w-116"
      trigger={
        <Button
          size="sm"
          variant="ghost"
          icon={ListChecks}
          title="Exports, imports and other long work"
          aria-label={active > 0 ? `Jobs, ${active} under way` : 'Jobs'}
          className="px-1.5!"
        >
          {active > 0 ? <span className="tabular">{active}</span> : <span className="sr-only">Jobs</span>}
        </Button>
      }
    >
      <h2 className="border-line border-b px-3.5 py-2.5 font-semibold">Jobs</h2>
      <div className="flex min-h-0 flex-1 flex-col divide-y divide-line overflow-y-auto">
        {jobs.length === 0 ? (
          <EmptyState compact icon={ListChecks} title="No jobs">
            Exports, imports, copies and deletions go on here while you do something else. Begin one beside a table’s
            name.
          </EmptyState>
        ) : (
          jobs.map((job) => <JobCard key={job.id} job={job} />)
        )}
      </div>
    </Popover>
  );
}

/** Says it when a job comes to its end, or has to wait. What was over before, was said before. */
function useToasts(jobs: readonly JobView[]): void {
  const states = useRef<Map<string, JobView['state']>>(undefined);
  useEffect(() => {
    const before = states.current;
    states.current = new Map(jobs.map(({ id, state }) => [id, state]));
    for (const job of jobs) {
      const was = before?.get(job.id);
      if (was === undefined || was === job.state) continue;
      if (job.state === 'done') toast({ title: `${jobTitle(job)} is done`, description: jobSum(job) });
      else if (job.state === 'paused' && job.pausedBy === 'error') {
        toast({ title: `${jobTitle(job)} has paused`, description: job.error?.message, tone: 'bad' });
      } else if (job.state === 'waiting') toast({ title: `${jobTitle(job)} waits for you` });
    }
  }, [jobs]);
}
