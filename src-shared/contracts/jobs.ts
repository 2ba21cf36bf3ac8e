import { z } from 'zod';
import { columnType, csvColumn } from '../files/csv-items.ts';
import { fileFormats } from '../files/item-lines.ts';
import { accountId, defineCalls, done, errorData, id, regionName, timestamp } from './common.ts';
import { confirmed, inTable, itemText, readRequest, tableName } from './table-reading.ts';

/** Long work on a whole table, a query or a selection. It goes on while one does something else, and outlives a restart. */

export const jobKinds = ['export', 'import', 'delete', 'purge', 'copy', 'count'] as const;
export type JobKind = (typeof jobKinds)[number];

/** The most rows of a selection that a job takes at a time. */
export const maxPicked = 10_000;

/** What a job works on: everything, what a query finds, or the items with these keys. */
const jobScope = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('table') }),
  z.strictObject({ of: z.literal('query'), request: readRequest }),
  z.strictObject({ of: z.literal('keys'), keys: z.array(itemText.max(16_384)).min(1).max(maxPicked) }),
]);
export type JobScope = z.infer<typeof jobScope>;

/** What to do with an item that is there already: leave it as it is, or write over it. */
const writeMode = z.enum(['keep', 'overwrite']);
export type WriteMode = z.infer<typeof writeMode>;

const unitsPerSecond = z.number().positive().max(10_000_000).optional();
export const jobLimits = z.strictObject({
  /** In how many parts a table is read at a time. */
  segments: z.number().int().min(1).max(64),
  /** Read and write units in a second, at most; as many as there are without it. */
  readUnits: unitsPerSecond,
  writeUnits: unitsPerSecond,
});
export type JobLimits = z.infer<typeof jobLimits>;

const format = z.enum(fileFormats);
const base = { ...inTable, limits: jobLimits };

export const jobSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('export'),
    ...base,
    scope: jobScope,
    fileId: id,
    format,
    gzip: z.boolean(),
    /** Whether the header of a CSV file names the types. */
    types: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('import'),
    ...base,
    fileId: id,
    format,
    /** What the columns of a CSV file become. */
    columns: z.array(csvColumn).max(10_000),
    mode: writeMode,
    /** Reads and checks everything, and writes nothing. */
    dryRun: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('delete'), ...base, scope: jobScope }),
  z.strictObject({ kind: z.literal('purge'), ...base, typedName: tableName }),
  z.strictObject({ kind: z.literal('copy'), ...base, scope: jobScope, to: z.strictObject(inTable), mode: writeMode }),
  z.strictObject({ kind: z.literal('count'), ...base, scope: jobScope }),
]);
export type JobSpec = z.infer<typeof jobSpec>;

const count = z.number().int().nonnegative();
export const jobCounts = z.strictObject({
  /** Items that the job has come across; in the end each of them is done, skipped or failed. */
  found: count,
  done: count,
  skipped: count,
  failed: count,
});
export type JobCounts = z.infer<typeof jobCounts>;

const place = z.strictObject({ accountId, role: z.string(), region: regionName, table: tableName });

/** A job as it is shown. */
export const jobView = z.strictObject({
  id,
  kind: z.enum(jobKinds),
  /** Where it reads or writes, and where it copies to. */
  place,
  to: place.optional(),
  state: z.enum(['running', 'pausing', 'paused', 'waiting', 'done', 'cancelled']),
  /** What it does now: "Reading the keys". */
  phase: z.string(),
  /** Why it has paused: somebody said so, Rolegate was closed, or something went wrong. */
  pausedBy: z.enum(['person', 'restart', 'error']).optional(),
  error: errorData.optional(),
  startedAt: timestamp,
  endedAt: timestamp.optional(),
  counts: jobCounts,
  /** How many items there will be; `about` where DynamoDB's count of some hours ago is all that is known. */
  total: z.strictObject({ items: count, isAbout: z.boolean() }).optional(),
  /** Items that the present phase has dealt with. */
  handled: count,
  /** Items in a second, lately. */
  rate: z.number().nonnegative(),
  secondsLeft: z.number().nonnegative().optional(),
  readUnits: z.number().nonnegative(),
  writeUnits: z.number().nonnegative(),
  retries: count,
  throttling: z.array(z.string()),
  /** The file's name, and where it is when it is a file that the job has written. */
  file: z.strictObject({ name: z.string(), path: z.string().optional() }).optional(),
  mode: writeMode.optional(),
  dryRun: z.boolean().optional(),
});
export type JobView = z.infer<typeof jobView>;

/** How a file was chosen, or why not: by nobody, or because this program has no dialog and wants the page's own. */
const chosenFile = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('chosen'), fileId: id, name: z.string(), bytes: count.optional() }),
  z.strictObject({ is: z.literal('cancelled') }),
  z.strictObject({ is: z.literal('no-dialog') }),
]);
export type ChosenFile = z.infer<typeof chosenFile>;

/** What a file to import looks like from its beginning. */
const inspected = z.strictObject({
  format,
  gzip: z.boolean(),
  bytes: count,
  /** Items that the file may hold, by the length of the first ones; exact where all of it was looked at. */
  items: z.strictObject({ items: count, isAbout: z.boolean() }),
  /** Columns of a CSV file with what they probably are. */
  columns: z.array(z.strictObject({ name: z.string(), to: z.string().optional(), type: columnType })),
  /** The first rows of a CSV file, cell by cell. */
  rows: z.array(z.array(z.string().nullable())),
  /** What the first record would be refused for. */
  problem: z.string().optional(),
});
export type InspectedFile = z.infer<typeof inspected>;

const path = z.string().min(1).max(4096);
const inJob = z.strictObject({ jobId: id });

export const jobCalls = defineCalls({
  /** Lets the person choose a file to write to or to read from. The page never learns more than its name. */
  'jobs.chooseFile': {
    input: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('export'), table: tableName, format, gzip: z.boolean() }),
      z.strictObject({ to: z.literal('import') }),
    ]),
    output: chosenFile,
  },
  /** A file by its whole path, for commands of this person alone: a page that names one is refused. */
  'jobs.nameFile': {
    input: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('read'), path }),
      z.strictObject({ to: z.literal('write'), path, overwrite: z.boolean() }),
    ]),
    output: z.strictObject({ fileId: id, name: z.string() }),
  },
  /** A file that the page was given by the person, piece by piece: for pages in a browser, which have no dialog of ours. */
  'jobs.upload': {
    input: z.strictObject({
      /** Absent with the first piece. */
      fileId: id.optional(),
      name: z.string().max(255),
      /** Where this piece belongs. */
      offset: count,
      base64: z.string().max(2_000_000),
    }),
    output: z.strictObject({ fileId: id }),
  },
  'jobs.inspect': { input: z.strictObject({ ...inTable, fileId: id }), output: inspected },
  /** The jobs of this person, once those of earlier days have been read. Their changes come with the state. */
  'jobs.list': { input: z.strictObject({}), output: z.array(jobView) },
  'jobs.start': { input: z.strictObject({ spec: jobSpec, confirmed }), output: inJob },
  'jobs.pause': { input: inJob, output: done },
  /** Goes on with a job that has paused, or says yes to one that waits for it. */
  'jobs.resume': { input: inJob, output: done },
  'jobs.cancel': { input: inJob, output: done },
  /** Takes a job that is over from the list, with its ledger. */
  'jobs.forget': { input: inJob, output: done },
  /** Saves what became of each item that was not simply done: where the person says, or into a file that was named. */
  'jobs.saveLedger': {
    input: z.strictObject({ jobId: id, fileId: id.optional() }),
    output: z.strictObject({ saved: z.boolean(), path: z.string().optional() }),
  },
});
