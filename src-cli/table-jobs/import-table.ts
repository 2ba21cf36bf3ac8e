import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import type { InspectedFile, JobSpec } from '../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { requireAppSession } from '../app-session.ts';
import type { ColumnOption } from '../commands/table.ts';
import { type Connection, withRolegate } from '../connect.ts';
import { note } from '../output.ts';
import { followJob } from './follow-job.ts';
import { limitsOf, type PlaceOptions, placeOf, withPrivateFolder } from './place.ts';

export interface ImportOptions extends PlaceOptions {
  overwrite?: true;
  check?: true;
  column: readonly ColumnOption[];
  confirm?: string;
  writeUnits?: number;
}

/** `rolegate table import`. */
export async function importTable(table: string, file: string, options: ImportOptions): Promise<void> {
  await withRolegate(
    async (calls, connection) => {
      if (file !== '-') {
        await importFrom(calls, connection, table, resolve(file), options);
        return;
      }
      // A job reads its file twice, and again when it is resumed: what is piped in is put down first.
      await withPrivateFolder(async (folder) => {
        const path = join(folder, 'standard-input');
        await pipeline(process.stdin, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        await importFrom(calls, connection, table, path, { ...options, endsWithUs: true });
      });
    },
    { stays: true },
  );
}

async function importFrom(
  calls: Calls,
  connection: Connection,
  table: string,
  path: string,
  options: ImportOptions & { endsWithUs?: true },
): Promise<void> {
  const session = await requireAppSession(calls, options);
  const place = placeOf(session, options.region, table);
  const details = await calls.call('tables.describe', place);
  const { fileId } = await calls.call('jobs.nameFile', { to: 'read', path });
  const looks = await calls.call('jobs.inspect', { ...place, fileId });
  if (looks.items.items === 0 && !looks.items.isAbout) {
    throw new RolegateError('bad_input', looks.problem ?? 'There is no item in the file.');
  }
  if (looks.problem !== undefined) note(`The first record would be refused: ${looks.problem}`);
  const spec: JobSpec = {
    kind: 'import',
    ...place,
    limits: limitsOf(details, options),
    fileId,
    format: looks.format,
    columns: columnsOf(looks, options.column),
    mode: options.overwrite ? 'overwrite' : 'keep',
    dryRun: options.check ?? false,
  };
  const confirmed = options.confirm === undefined ? {} : { confirmed: options.confirm };
  const { jobId } = await calls.call('jobs.start', { spec, ...confirmed }).catch((error: unknown) => {
    throw withConfirmation(error, table);
  });
  await followJob(calls, connection, jobId, options);
}

/** What the columns become: what they look like, but for those that the person has said something about. */
function columnsOf({ columns }: InspectedFile, said: readonly ColumnOption[]) {
  for (const { header } of said) {
    if (columns.some(({ name }) => name === header)) continue;
    throw new RolegateError('bad_input', `The file has no column ${header}.`, {
      hint: columns.length === 0 ? 'It is no CSV file.' : `It has: ${columns.map(({ name }) => name).join(', ')}.`,
    });
  }
  return columns.map(({ name, to, type }) => {
    const own = said.find(({ header }) => header === name);
    const target = own ? own.to : to;
    return { type: own?.type ?? type, ...(target !== undefined && { to: target }) };
  });
}

/** Production asks for the table's name, and a command has a way of its own to say it. */
function withConfirmation(error: unknown, table: string): unknown {
  if (!(error instanceof RolegateError) || !error.message.startsWith('This is production.')) return error;
  return new RolegateError(error.code, error.message, { hint: `Say --confirm ${table} if you mean it.` });
}
