import { FileDown, Pause, Play, Trash2, X } from 'lucide-react';
import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import { jobTitle, paceWords, progressWords } from '../../../src-shared/jobs/words.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.ts';
import { toastError } from '../shared/error-toast.ts';
import { formatCount } from '../shared/format.ts';
import { isOver, portionOf, stateWords } from './job-words.ts';

/** A job: what it is, how far it has come, and what can be done about it. */
export function JobCard({ job }: { job: JobView }) {
  const client = useClient();
  const act = (name: 'jobs.pause' | 'jobs.resume' | 'jobs.cancel' | 'jobs.forget') => () => {
    client.act(name, { jobId: job.id }).catch(toastError);
  };
  const saveLedger = () => {
    client
      .act('jobs.saveLedger', { jobId: job.id })
      .then(({ saved, path }) => {
        if (saved) toast({ title: 'The ledger is saved', description: path });
      })
      .catch(toastError);
  };
  const title = jobTitle(job);
  const { counts, place, to, state, error, file } = job;
  return (
    <article aria-label={title} className="flex flex-col gap-1.5 px-3.5 py-3">
      <div className="flex items-center gap-1">
        <h3 className="min-w-0 flex-1 truncate font-medium">{title}</h3>
        {(counts.skipped > 0 || counts.failed > 0 || isOver(job)) && (
          <IconButton size="sm" icon={FileDown} label="Save the ledger" onClick={saveLedger} />
        )}
        {state === 'running' && (
          <IconButton size="sm" icon={Pause} label={`Pause: ${title}`} onClick={act('jobs.pause')} />
        )}
        {state === 'paused' && (
          <IconButton size="sm" icon={Play} label={`Resume: ${title}`} onClick={act('jobs.resume')} />
        )}
        {isOver(job) ? (
          <IconButton size="sm" icon={Trash2} label={`Take it from the list: ${title}`} onClick={act('jobs.forget')} />
        ) : (
          <IconButton size="sm" icon={X} label={`Cancel: ${title}`} onClick={act('jobs.cancel')} />
        )}
      </div>
      <p className="truncate text-faint text-sm">
        {place.role} · {place.accountId} · {place.region}
        {to && ` → ${to.table}, ${to.role} · ${to.accountId} · ${to.region}`}
      </p>
      {!isOver(job) && <Progress job={job} />}
      <p className="text-sm">
        <span className={state === 'done' ? 'font-medium text-good' : 'text-text'}>{stateWords(job)}</span>
        {!isOver(job) && (
          <span className="text-muted tabular"> · {[progressWords(job), ...paceWords(job)].join(' · ')}</span>
        )}
      </p>
      {isOver(job) && (
        <p className="truncate text-faint text-sm tabular" title={file?.path}>
          {[...(file ? [file.path ?? file.name] : []), ...paceWords(job)].join(' · ')}
        </p>
      )}
      {!isOver(job) && (counts.skipped > 0 || counts.failed > 0) && (
        <div className="flex gap-1.5">
          {counts.skipped > 0 && <Chip>{formatCount(counts.skipped)} skipped</Chip>}
          {counts.failed > 0 && <Chip tone="bad">{formatCount(counts.failed)} failed</Chip>}
        </div>
      )}
      {error && (
        <Notice tone="bad">
          {error.message} {error.hint}
        </Notice>
      )}
      {state === 'waiting' && (
        <div className="flex justify-end gap-2">
          <Button size="sm" onClick={act('jobs.cancel')}>
            Keep them
          </Button>
          <Button size="sm" variant="danger" onClick={act('jobs.resume')}>
            Delete {formatCount(counts.found)} items
          </Button>
        </div>
      )}
    </article>
  );
}

function Progress({ job }: { job: JobView }) {
  const portion = portionOf(job);
  return (
    <div
      role="progressbar"
      aria-label={`Progress: ${jobTitle(job)}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={portion === undefined ? undefined : Math.round(portion * 100)}
      className="h-1 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={
          job.state === 'running'
            ? 'h-full rounded-full bg-accent transition-[width] duration-200'
            : 'h-full rounded-full bg-faint'
        }
        style={{ width: `${(portion ?? (job.state === 'running' ? 0.35 : 0)) * 100}%` }}
      />
    </div>
  );
}
