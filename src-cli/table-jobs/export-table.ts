import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import type { JobSpec } from '../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { FileFormat } from '../../src-shared/files/item-lines.ts';
import { parseLink } from '../../src-shared/links/link.ts';
import { requireAppSession } from '../app-session.ts';
import { type Connection, withRolegate } from '../connect.ts';
import { followJob } from './follow-job.ts';
import { limitsOf, type PlaceOptions, placeOf, withPrivateFolder } from './place.ts';
import { type Asked, scopeOf } from './scope.ts';

export interface ExportOptions extends PlaceOptions, Asked {
  output?: string;
  force?: true;
  format?: FileFormat;
  gzip?: true;
  types: boolean;
  readUnits?: number;
  segments: number;
}

/** `rolegate table export`. */
export async function exportTable(table: string | undefined, options: ExportOptions): Promise<void> {
  const name = table ?? (options.link === undefined ? undefined : parseLink(options.link).table);
  if (name === undefined) throw new RolegateError('bad_input', 'Say which table to export.');
  await withRolegate(
    async (calls, connection) => {
      if (options.output !== undefined && options.output !== '-') {
        await exportInto(calls, connection, name, resolve(options.output), options);
        return;
      }
      // All of it or nothing: what stands on standard output cannot be taken back.
      await withPrivateFolder(async (folder) => {
        const path = join(folder, 'export');
        if (await exportInto(calls, connection, name, path, { ...options, endsWithUs: true })) await toOutput(path);
      });
    },
    { stays: true },
  );
}

/** @returns whether all of it is there */
async function exportInto(
  calls: Calls,
  connection: Connection,
  table: string,
  path: string,
  options: ExportOptions & { endsWithUs?: true },
): Promise<boolean> {
  const session = await requireAppSession(calls, options);
  const link = options.link === undefined ? undefined : parseLink(options.link);
  if (link && link.account !== session.role.accountId) {
    throw new RolegateError('bad_input', `The link is to a table in account ${link.account}.`, {
      hint: 'Choose a role there with --app and --aws-role.',
    });
  }
  const place = placeOf(session, options.region ?? link?.region, table);
  const details = await calls.call('tables.describe', place);
  const { fileId } = await calls.call('jobs.nameFile', { to: 'write', path, overwrite: options.force ?? false });
  const spec: JobSpec = {
    kind: 'export',
    ...place,
    limits: limitsOf(details, options),
    scope: scopeOf(options, details),
    fileId,
    format: options.format ?? formatOf(options.output),
    gzip: options.gzip ?? /\.gz$/i.test(options.output ?? ''),
    types: options.types,
  };
  const { jobId } = await calls.call('jobs.start', { spec });
  const { state } = await followJob(calls, connection, jobId, options);
  return state === 'done';
}

/** What a file with this name is expected to hold. */
function formatOf(name = ''): FileFormat {
  const [, ending = ''] = /\.([a-z]+)(?:\.gz)?$/i.exec(name) ?? [];
  if (/^csv$/i.test(ending)) return 'csv';
  return /^json$/i.test(ending) ? 'json' : 'dynamodb-json';
}

async function toOutput(path: string): Promise<void> {
  try {
    await pipeline(createReadStream(path), process.stdout, { end: false });
  } catch (error) {
    // Whoever reads it has seen enough, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
