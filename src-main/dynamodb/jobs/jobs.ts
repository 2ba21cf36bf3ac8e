import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallInput, CallOutput } from '../../../src-shared/contracts/calls.ts';
import type { ChosenFile, InspectedFile, JobSpec, JobView } from '../../../src-shared/contracts/jobs.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { makePrivateFolder, writeFileAtomically } from '../../../src-shared/files/atomic-write.ts';
import { dynamoDbLine } from '../../../src-shared/files/item-lines.ts';
import { jobSum, jobTitle } from '../../../src-shared/jobs/words.ts';
import type { HeldBack } from '../../../src-shared/production/production.ts';
import type { ForwardCall } from '../request-handler.ts';
import { createAsk } from './ask.ts';
import {
  type AskForFile,
  type ChosenFiles,
  createChosenFiles,
  forgetUpload,
  newId,
  sweepUploads,
} from './chosen-files.ts';
import { type Clock, systemClock } from './clock.ts';
import { describeTable } from './describe-table.ts';
import { fingerprintOf } from './file-source.ts';
import { inspectFile } from './inspect.ts';
import { requireFree, requireOther, requireWriting, resting, totalOf } from './job-rules.ts';
import { type JobFolder, jobFolder, type KeptJob, type KnownTable, readKeptJobs } from './kept-job.ts';
import { partOf } from './kinds/export.ts';
import { phasesOf } from './kinds/phases-of.ts';
import { createLimiter } from './limiter.ts';
import type { Phase } from './phases.ts';
import { createRunningJob, type RunningJob } from './run-job.ts';
import { saveLedger } from './save-ledger.ts';
import type { Asking } from './sources.ts';

/** Long work on tables. */
export interface Jobs {
  chooseFile(input: CallInput<'jobs.chooseFile'>): Promise<ChosenFile>;
  nameFile: ChosenFiles['name'];
  upload(input: CallInput<'jobs.upload'>): Promise<CallOutput<'jobs.upload'>>;
  inspect(input: CallInput<'jobs.inspect'>): Promise<InspectedFile>;
  /** The jobs of this user, once those of earlier days have been read. */
  list(): Promise<JobView[]>;
  /** @param confirmed what was typed to confirm a job that writes in production */
  start(spec: JobSpec, confirmed?: string): Promise<{ jobId: string }>;
  pause(jobId: string): Promise<void>;
  resume(jobId: string): Promise<void>;
  cancel(jobId: string): Promise<void>;
  forget(jobId: string): Promise<void>;
  saveLedger(input: CallInput<'jobs.saveLedger'>): Promise<CallOutput<'jobs.saveLedger'>>;
  /** Shows the jobs of this user, and stops those of whoever was there before. */
  setUser(user: string): Promise<void>;
  close(): Promise<void>;
}

export interface JobsOptions {
  /** Where jobs are kept. */
  folder: string;
  /** The way of an app session's requests. @throws RolegateError when there is no such session */
  forwardFor: (appSessionId: string) => ForwardCall;
  /** What holds an app session to reading, if something does, and whether it is production. */
  safetyOf: (appSessionId: string) => { heldBy: HeldBack | undefined; isProduction: boolean };
  /** The app sessions of whoever is logged in. */
  sessions: () => readonly AppSession[];
  askForFile: AskForFile | undefined;
  /** Tells the person, wherever they look, that something long is over. */
  notify: ((title: string, body: string) => void) | undefined;
  onChange: (jobs: JobView[]) => void;
  onFault: (error: unknown) => void;
  clock?: Clock;
}

type Place = { appSessionId: string; region: string; table: string };

/** How often the progress is told, at most. */
const tellEvery = 250;

export function createJobs(options: JobsOptions): Jobs {
  const {
    folder,
    forwardFor,
    safetyOf,
    sessions,
    askForFile,
    notify,
    onChange,
    onFault,
    clock = systemClock,
  } = options;
  const uploads = join(folder, 'uploads');
  const files = createChosenFiles(uploads, askForFile, clock.now);
  let jobs: { running: RunningJob; folder: JobFolder }[] = [];
  let user = '';
  let telling: NodeJS.Timeout | undefined;
  let changing: Promise<void> = Promise.resolve();

  function views(): JobView[] {
    return jobs.map(({ running }) => running.view());
  }

  function tellNow(): void {
    clearTimeout(telling);
    telling = undefined;
    onChange(views());
  }

  function tell(): void {
    telling ??= setTimeout(tellNow, tellEvery);
  }

  /** The app session that a job goes on with: its own, or another one of the same role. */
  function sessionFor(place: Place, { app, roleArn, role }: KnownTable): string {
    const all = sessions();
    const own = all.find(({ id }) => id === place.appSessionId);
    const found = own ?? all.find((session) => session.app === app && session.role.arn === roleArn);
    if (found && found.role.arn === roleArn) return found.id;
    throw new RolegateError('session_expired', `There is no session with ${role}.`, {
      hint: 'Start the role again, then resume the job. Nothing is lost.',
    });
  }

  function askingOf(job: KeptJob, place: Place, known: KnownTable): Asking {
    const { limits } = job.spec;
    const onRetry = (reasons: readonly string[]) => {
      job.retries++;
      for (const reason of reasons) if (!job.throttling.includes(reason)) job.throttling.push(reason);
      tell();
    };
    const forward: ForwardCall = (call, cancellation) => forwardFor(sessionFor(place, known))(call, cancellation);
    const reading = createLimiter(limits.readUnits, clock);
    const writing = createLimiter(limits.writeUnits, clock);
    const isWrite = (operation: string) => /^(BatchWrite|Put|Delete)/.test(operation);
    return {
      ask: createAsk({ forward, region: place.region, clock, onRetry }),
      clock,
      table: place.table,
      keyNames: known.key.map(({ name }) => name),
      limiterFor: (operation) => (isWrite(operation) ? writing : reading),
      onUnits: (operation, units) => {
        if (isWrite(operation)) job.writeUnits += units;
        else job.readUnits += units;
      },
      onRetry,
    };
  }

  /** What a table is now, as far as the role may know. */
  async function look(place: Place): Promise<{ known: KnownTable; items: number }> {
    const session = sessions().find(({ id }) => id === place.appSessionId);
    if (!session) throw new RolegateError('not_found', 'There is no such app session.');
    const ask = createAsk({ forward: forwardFor(session.id), region: place.region, clock, onRetry: () => undefined });
    const { details, tableId } = await describeTable(ask, place.table);
    const { app, role } = session;
    const known: KnownTable = {
      app,
      roleArn: role.arn,
      role: role.name,
      accountId: role.accountId,
      ...(tableId !== undefined && { tableId }),
      key: details.key,
      indexes: details.indexes.map(({ name, key }) => ({ name, key })),
    };
    return { known, items: details.itemCount };
  }

  /** Nothing is read from or written to a table that only has the name of the one that was meant. */
  async function requireSame(place: Place, known: KnownTable): Promise<void> {
    const { known: now } = await look({ ...place, appSessionId: sessionFor(place, known) });
    const isSame = now.tableId === known.tableId && now.accountId === known.accountId;
    if (isSame) return;
    throw new RolegateError('conflict', `${place.table} has been deleted and made again since the job began.`, {
      hint: 'Cancel the job, and start it anew if the new table is meant.',
    });
  }

  function add(job: KeptJob): RunningJob {
    const own = jobFolder(folder, job.id);
    const { spec } = job;
    const prepare = async (): Promise<Phase[]> => {
      await requireSame(spec, job.from);
      if (spec.kind === 'copy' && job.to) await requireSame(spec.to, job.to);
      const to = spec.kind === 'copy' && job.to ? askingOf(job, spec.to, job.to) : undefined;
      return phasesOf({ job, folder: own, from: askingOf(job, spec, job.from), to });
    };
    const running = createRunningJob({ job, folder: own, clock, prepare, onChange: tell, onFault });
    jobs = [{ running, folder: own }, ...jobs];
    return running;
  }

  function run(running: RunningJob): void {
    void running.run().then(() => {
      const view = running.view();
      if (view.state === 'done') notify?.(`${jobTitle(view)} is done`, jobSum(view));
      else if (view.state === 'paused' && view.pausedBy === 'error') {
        notify?.(`${jobTitle(view)} has paused`, view.error?.message ?? '');
      } else if (view.state === 'waiting') notify?.(`${jobTitle(view)} waits for you`, jobSum(view));
    });
  }

  /** One that is kept is not there before it has been read. */
  async function find(jobId: string) {
    await changing;
    const found = jobs.find(({ running }) => running.job.id === jobId);
    if (!found) throw new RolegateError('not_found', 'This job is not there any more.');
    return found;
  }

  async function stopAll(): Promise<void> {
    await Promise.all(jobs.map(({ running }) => running.stop('closed')));
  }

  return {
    chooseFile: files.choose,
    nameFile: files.name,
    upload: files.upload,

    async inspect({ fileId, ...place }) {
      const { path } = files.require(fileId);
      const { known } = await look(place);
      return inspectFile(path, known);
    },

    async list() {
      await changing;
      return views();
    },

    async start(spec, confirmed) {
      if (spec.kind === 'purge' && spec.typedName !== spec.table) {
        throw new RolegateError('bad_input', 'Type the name of the table to empty it.');
      }
      if (spec.kind === 'copy') requireOther(spec, sessions());
      requireWriting(spec, confirmed, safetyOf);
      const { known, items } = await look(spec);
      const to = spec.kind === 'copy' ? (await look(spec.to)).known : undefined;
      const file = 'fileId' in spec ? files.require(spec.fileId) : undefined;
      if (spec.kind === 'export')
        requireFree(
          file?.path,
          jobs.map(({ running }) => running.job),
        );
      const job: KeptJob = {
        id: newId(),
        user,
        spec,
        from: known,
        ...(to && { to }),
        state: 'paused',
        startedAt: clock.now(),
        counts: { found: 0, done: 0, skipped: 0, failed: 0 },
        progress: { phase: 0, lanes: [], items: 0, fileBytes: 0, ledgerBytes: 0, isConfirmed: false },
        readUnits: 0,
        writeUnits: 0,
        retries: 0,
        throttling: [],
        ...(file && { file: { ...file } }),
      };
      if (spec.kind === 'import' && job.file) {
        job.file.fingerprint = await fingerprintOf(job.file.path);
        job.total = (await inspectFile(job.file.path, known)).items;
      } else job.total = totalOf(spec, items);
      if (job.total === undefined) delete job.total;
      const own = jobFolder(folder, job.id);
      await makePrivateFolder(own.path);
      if (spec.kind === 'delete' && spec.scope.of === 'keys') {
        await writeFileAtomically(own.keys, spec.scope.keys.map(dynamoDbLine).join(''));
      }
      await own.write(job);
      run(add(job));
      tellNow();
      return { jobId: job.id };
    },

    pause: async (jobId) => (await find(jobId)).running.stop('person'),

    async resume(jobId) {
      const { running } = await find(jobId);
      const { job } = running;
      await running.settled();
      if (job.state === 'waiting') job.progress.isConfirmed = true;
      else if (job.state !== 'paused') throw new RolegateError('conflict', 'This job has not paused.');
      run(running);
      // Whoever asked for it must not take what was told before for what came of it.
      tellNow();
    },

    async cancel(jobId) {
      const { running, folder: own } = await find(jobId);
      const { job } = running;
      await running.stop('cancelled');
      if (job.state === 'done') return;
      job.state = 'cancelled';
      job.endedAt ??= clock.now();
      delete job.error;
      delete job.pausedBy;
      if (job.spec.kind === 'export' && job.file) await rm(partOf(job.file.path), { force: true });
      await own.write(job);
      tell();
    },

    async forget(jobId) {
      const { running, folder: own } = await find(jobId);
      const { state, file } = running.job;
      if (state !== 'done' && state !== 'cancelled') {
        throw new RolegateError('conflict', 'This job is not over. Cancel it first.');
      }
      await running.settled();
      jobs = jobs.filter((one) => one.running !== running);
      if (file) await forgetUpload(uploads, file.path);
      await own.remove();
      tell();
    },

    async saveLedger({ jobId, fileId }) {
      const { running, folder: own } = await find(jobId);
      const { job } = running;
      const name = `${job.spec.table}-${job.spec.kind}-ledger.jsonl`;
      const path = fileId === undefined ? await files.placeFor('Save the ledger', name) : files.require(fileId).path;
      if (path === undefined) return { saved: false };
      await saveLedger(running.view(), own.ledger, job.progress.ledgerBytes, path);
      return { saved: true, path };
    },

    setUser(next) {
      changing = changing.then(async () => {
        if (next === user) return;
        await stopAll();
        user = next;
        jobs = [];
        if (next !== '') {
          const kept = await readKeptJobs(folder);
          for (const job of kept.filter((one) => one.user === next).reverse()) add(resting(job));
          await sweepUploads(uploads, new Set(kept.map(({ file }) => file?.path)));
        }
        tell();
      });
      return changing;
    },

    async close() {
      await changing;
      await stopAll();
      clearTimeout(telling);
    },
  };
}
