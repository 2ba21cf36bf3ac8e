import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { RolegateError } from '../../../src-shared/errors.ts';
import { type CsvColumn, itemOfRow } from '../../../src-shared/files/csv-items.ts';
import {
  type FileFormat,
  isDynamoDbLine,
  readDynamoDbLine,
  readPlainLine,
} from '../../../src-shared/files/item-lines.ts';
import {
  arraySplitter,
  type Cell,
  csvSplitter,
  FileTextError,
  lineSplitter,
  type Splitter,
} from '../../../src-shared/files/splitters.ts';
import type { Item } from '../../../src-shared/values/attribute-value.ts';
import { JsonTextError } from '../../../src-shared/values/json-reader.ts';
import { writeItem } from '../../../src-shared/values/write-value.ts';
import type { LedgerEntry, Source } from './pages.ts';

/** A record as its format cuts it: a line, an element, a row. */
export type FileRecord = string | Cell[];

/** How a file is to be read. */
export interface FileReading {
  path: string;
  format: FileFormat;
  columns: readonly CsvColumn[];
}

const recordsAtATime = 400;
const pieceBytes = 256 * 1024;

/** The items of a file. Records that are none are failed ones; a file that cannot be read on is an error. */
export function fileSource(reading: FileReading): Source {
  let records: AsyncIterator<FileRecord[]> | undefined;
  let waiting: FileRecord[] = [];
  let position = 0;

  /** Whole pages, so that a page is the same whenever it is read. */
  async function next(): Promise<{ page: FileRecord[]; isLast: boolean }> {
    let isOver = false;
    while (waiting.length <= recordsAtATime && !isOver) {
      const { done, value } = await records!.next();
      if (done) isOver = true;
      else waiting.push(...value);
    }
    const page = waiting.slice(0, recordsAtATime);
    waiting = waiting.slice(recordsAtATime);
    position += page.length;
    return { page, isLast: isOver && waiting.length === 0 };
  }

  async function goTo(start: number): Promise<void> {
    if (!records || start < position) {
      await records?.return?.();
      records = readRecords(reading)[Symbol.asyncIterator]();
      waiting = [];
      position = 0;
    }
    while (position < start) {
      const { page, isLast } = await next();
      if (isLast && position < start) throw changed();
      if (page.length === 0) return;
    }
  }

  return {
    lanes: 1,
    async read(_lane, cursor) {
      const start = Number(cursor ?? 0);
      await goTo(start);
      const { page, isLast } = await next();
      const items: string[] = [];
      const numbers: number[] = [];
      const entries: LedgerEntry[] = [];
      page.forEach((record, index) => {
        const number = start + index + 1;
        try {
          items.push(writeItem(itemOf(record, reading)));
          numbers.push(number);
        } catch (error) {
          if (!(error instanceof JsonTextError || error instanceof FileTextError)) throw error;
          entries.push({ outcome: 'failed', reason: error.message, record: number });
        }
      });
      const end = start + page.length;
      return { items, records: numbers, found: page.length, entries, next: isLast ? undefined : String(end) };
    },
    async close() {
      await records?.return?.();
    },
  };
}

/** One record as an item. @throws JsonTextError, FileTextError when it is none */
export function itemOf(record: FileRecord, { format, columns }: Pick<FileReading, 'format' | 'columns'>): Item {
  if (typeof record !== 'string') return itemOfRow(record, columns);
  if (format === 'json') return readPlainLine(record);
  return readDynamoDbLine(record);
}

/** The records of a file, piece by piece: no more than one piece of it is in memory. The header of CSV is left out. */
export async function* readRecords({
  path,
  format,
}: Pick<FileReading, 'path' | 'format'>): AsyncGenerator<FileRecord[]> {
  const splitter = await splitterFor(path, format);
  let isHeader = format === 'csv';
  let seen = 0;
  try {
    for await (const piece of readText(path)) {
      const records = splitter.push(piece);
      if (isHeader && records.length > 0) {
        records.shift();
        isHeader = false;
      }
      seen += records.length;
      if (records.length > 0) yield records;
    }
    const last = splitter.end();
    if (isHeader) last.shift();
    yield last;
  } catch (error) {
    throw fileError(error, seen);
  }
}

/** JSON comes as one array or as lines; its first character says which. */
async function splitterFor(path: string, format: FileFormat): Promise<Splitter<FileRecord>> {
  if (format === 'csv') return csvSplitter(await separatorOf(path));
  if ((await beginningOf(path)).trimStart().startsWith('[')) return arraySplitter();
  return lineSplitter();
}

/** Spreadsheets write semicolons or tabs where a comma separates decimals. */
export async function separatorOf(path: string): Promise<string> {
  const [header = ''] = (await beginningOf(path)).split('\n', 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

async function beginningOf(path: string): Promise<string> {
  for await (const piece of readText(path)) {
    if (piece.trim() !== '') return piece;
  }
  return '';
}

/** A file's text in pieces, unpacked where it is packed, without the mark that some programs begin UTF-8 with. */
export async function* readText(path: string): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: pieceBytes });
  const bytes = (await isGzip(path)) ? file.pipe(createGunzip({ chunkSize: pieceBytes })) : file;
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  const decoder = new StringDecoder('utf8');
  let isFirst = true;
  try {
    for await (const chunk of bytes) {
      const text = decoder.write(chunk as Buffer);
      yield isFirst ? text.replace(/^\uFEFF/, '') : text;
      isFirst = false;
    }
    yield decoder.end();
  } finally {
    file.destroy();
  }
}

/** Whether a file is packed with gzip: by its first two bytes, whatever it is called. */
export async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Which format a file is in, by what it begins with. */
export async function formatOf(path: string): Promise<FileFormat> {
  const beginning = (await beginningOf(path)).trimStart();
  if (beginning === '') throw new RolegateError('bad_input', 'The file is empty.');
  const splitter = beginning.startsWith('[') ? arraySplitter() : lineSplitter();
  if (!/^[[{]/.test(beginning)) return 'csv';
  const [first] = splitter.push(beginning);
  try {
    return isDynamoDbLine(first ?? beginning) ? 'dynamodb-json' : 'json';
  } catch {
    return 'json';
  }
}

/** What tells whether a file is still the one that it was. */
export async function fingerprintOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path).catch((error: unknown) => {
    throw fileError(error, 0);
  });
  return `${size}-${Math.round(mtimeMs)}`;
}

function changed(): RolegateError {
  return new RolegateError('conflict', 'The file has changed since the import began.', {
    hint: 'Cancel the job, and import the file as it is now.',
  });
}

function fileError(error: unknown, records: number): unknown {
  if (error instanceof RolegateError) return error;
  const code = (error as { code?: unknown }).code;
  const isKnown = error instanceof FileTextError || (typeof code === 'string' && /^(E[A-Z]+|Z_[A-Z_]+)$/.test(code));
  if (!isKnown) return error;
  const words = { ENOENT: 'The file is not there any more.', EACCES: 'The file may not be read.' }[String(code)];
  const message = words ?? `The file cannot be read beyond record ${records}: ${(error as Error).message}`;
  return new RolegateError('bad_input', message, { cause: error });
}
