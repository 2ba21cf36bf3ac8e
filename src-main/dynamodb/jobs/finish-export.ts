import { createReadStream, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ColumnFinder, csvHeader, csvRow } from '../../../src-shared/files/csv-items.ts';
import { type FileFormat, plainLine, readDynamoDbLine } from '../../../src-shared/files/item-lines.ts';
import { readRecords } from './file-source.ts';

export interface FinishedFile {
  /** DynamoDB JSON, a line each: what was read. */
  part: string;
  /** The file that was asked for. */
  path: string;
  format: FileFormat;
  gzip: boolean;
  types: boolean;
  keyNames: readonly string[];
  stop: AbortSignal;
}

/** Makes the file that was asked for out of the lines that were read, and puts it in its place. Can be done again. */
export async function finishExport(file: FinishedFile): Promise<void> {
  const { part, path, format, gzip, stop } = file;
  // Killed between putting it there and writing down that it is there.
  if (!(await isThere(part)) && (await isThere(path))) return;
  if (format === 'dynamodb-json' && !gzip) {
    await rename(part, path);
    return;
  }
  const made = `${path}.new`;
  const content = format === 'dynamodb-json' ? createReadStream(part) : Readable.from(converted(file));
  await rm(made, { force: true });
  const target = createWriteStream(made, { flags: 'wx', mode: 0o600, flush: true });
  try {
    if (gzip) await pipeline(content, createGzip(), target, { signal: stop });
    else await pipeline(content, target, { signal: stop });
    await rename(made, path);
  } catch (error) {
    await rm(made, { force: true });
    stop.throwIfAborted();
    throw error;
  }
  await rm(part, { force: true });
}

function converted(file: FinishedFile): AsyncGenerator<string> {
  return file.format === 'csv' ? csvOf(file) : jsonOf(file);
}

async function* jsonOf({ part, keyNames }: FinishedFile): AsyncGenerator<string> {
  let isFirst = true;
  yield '[';
  for await (const lines of readRecords({ path: part, format: 'dynamodb-json' })) {
    let text = '';
    for (const line of lines) {
      text += `${isFirst ? '' : ','}\n${plainLine(readDynamoDbLine(String(line)), keyNames)}`;
      isFirst = false;
    }
    yield text;
  }
  yield '\n]\n';
}

/** Goes over it twice: which columns there are, the last item may say. */
async function* csvOf({ part, types, keyNames }: FinishedFile): AsyncGenerator<string> {
  const finder = new ColumnFinder();
  for await (const lines of readRecords({ path: part, format: 'dynamodb-json' })) {
    for (const line of lines) finder.add(readDynamoDbLine(String(line)));
  }
  const columns = finder.columns(keyNames);
  yield csvHeader(columns, types);
  for await (const lines of readRecords({ path: part, format: 'dynamodb-json' })) {
    yield lines.map((line) => csvRow(readDynamoDbLine(String(line)), columns)).join('');
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
