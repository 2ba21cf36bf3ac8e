import { stat } from 'node:fs/promises';
import type { InspectedFile } from '../../../src-shared/contracts/jobs.ts';
import { guessColumns } from '../../../src-shared/files/csv-items.ts';
import { type Cell, csvSplitter, FileTextError } from '../../../src-shared/files/splitters.ts';
import { type ItemRules, itemProblems } from '../../../src-shared/values/item-problems.ts';
import { JsonTextError } from '../../../src-shared/values/json-reader.ts';
import { formatPath } from '../../../src-shared/values/path.ts';
import { type FileRecord, formatOf, isGzip, itemOf, readRecords, readText, separatorOf } from './file-source.ts';

const shownRows = 5;
/** How many records are looked at, to know what they look like. */
const sampled = 200;
/** How far records are counted before the rest is estimated, in bytes. */
const mostSeen = 4 * 1024 * 1024;

/** Looks at the beginning of a file that is to be imported. @throws RolegateError when it cannot be read */
export async function inspectFile(path: string, rules: ItemRules): Promise<InspectedFile> {
  const [{ size: bytes }, gzip, format] = [await stat(path), await isGzip(path), await formatOf(path)];
  const { records, seen, isWhole, length } = await sample(path, format);
  const header = format === 'csv' ? await headerOf(path) : [];
  const rows = records.filter((record) => typeof record !== 'string');
  const columns = format === 'csv' ? guessColumns(header, rows, rules.key) : [];
  const about = length === 0 ? 0 : Math.round((seen / length) * bytes * (gzip ? 4 : 1));
  const problem =
    records[0] === undefined ? 'There is no item in it.' : problemOf(records[0], { format, columns }, rules);
  return {
    format,
    gzip,
    bytes,
    items: isWhole ? { items: seen, isAbout: false } : { items: about, isAbout: true },
    columns: columns.map((column, index) => ({ name: header[index] ?? '', ...column })),
    rows: rows.slice(0, shownRows).map((row) => row.map((cell) => cell ?? null)),
    ...(problem !== undefined && { problem }),
  };
}

/** The first records, how many were seen, and how long they were; all of them where the file is short. */
async function sample(path: string, format: InspectedFile['format']) {
  const records: FileRecord[] = [];
  let seen = 0;
  let length = 0;
  for await (const some of readRecords({ path, format })) {
    if (records.length < sampled) records.push(...some.slice(0, sampled - records.length));
    seen += some.length;
    length += some.reduce((sum, record) => sum + lengthOf(record), 0);
    if (length > mostSeen) return { records, seen, length, isWhole: false };
  }
  return { records, seen, length, isWhole: true };
}

function lengthOf(record: FileRecord): number {
  if (typeof record === 'string') return Buffer.byteLength(record) + 1;
  return record.reduce((sum, cell) => sum + Buffer.byteLength(cell ?? '') + 1, 1);
}

async function headerOf(path: string): Promise<Cell[]> {
  const splitter = csvSplitter(await separatorOf(path));
  for await (const piece of readText(path)) {
    const [header] = splitter.push(piece);
    if (header) return header;
  }
  return splitter.end()[0] ?? [];
}

function problemOf(record: FileRecord, how: Parameters<typeof itemOf>[1], rules: ItemRules): string | undefined {
  try {
    const [problem] = itemProblems(itemOf(record, how), rules);
    if (!problem) return undefined;
    return problem.path.length === 0 ? problem.message : `${formatPath(problem.path)}: ${problem.message}`;
  } catch (error) {
    if (error instanceof JsonTextError || error instanceof FileTextError) return error.message;
    throw error;
  }
}
