/**
 * Cuts a text that comes in pieces into records, without ever holding more than one record and one piece. Each keeps
 * what it has begun to read until the rest has come.
 */
export interface Splitter<Entry> {
  push(piece: string): Entry[];
  /** The last record, which nothing ended. @throws FileTextError when it is not whole */
  end(): Entry[];
}

/** Thrown for a file that is not what its format says. */
export class FileTextError extends Error {
  override readonly name = 'FileTextError';
}

/** The longest record that is read: DynamoDB's largest item is 400 KB, and escapes make it longer. */
export const maxRecordLength = 8 * 1024 * 1024;

function requireShort(length: number): void {
  if (length > maxRecordLength) throw new FileTextError('A record is longer than 8 MB. Is this the right format?');
}

/** Lines, without those that are empty. */
export function lineSplitter(): Splitter<string> {
  let rest = '';
  const whole = (line: string) => line.trim() !== '';
  return {
    push(piece) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      requireShort(rest.length);
      return lines.filter(whole);
    },
    end: () => [rest].filter(whole),
  };
}

/** The elements of one JSON array, each as its text. */
export function arraySplitter(): Splitter<string> {
  let text = '';
  let at = 0;
  let start = -1;
  let depth = 0;
  let inString = false;
  let isOver = false;

  /** Reads one character; gives the element that ends with it. */
  function step(character: string): string | undefined {
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
      return undefined;
    }
    if (character === '"') inString = true;
    const opens = character === '{' || character === '[';
    const closes = character === '}' || character === ']';
    if (depth === 0 && !/\s/.test(character)) {
      if (isOver || character !== '[') throw new FileTextError('A JSON file of items is one array: [ {…}, {…} ].');
      depth = 1;
      return undefined;
    }
    const isEnd = depth === 1 && (character === ',' || character === ']');
    if (depth === 1 && !isEnd && start < 0 && !/\s/.test(character)) start = at;
    if (opens) depth++;
    if (closes) depth--;
    if (depth === 0) isOver = true;
    if (!isEnd || start < 0) return undefined;
    const element = text.slice(start, at).trim();
    start = -1;
    return element;
  }

  return {
    push(piece) {
      const found: string[] = [];
      text += piece;
      for (; at < text.length; at++) {
        const element = step(text.charAt(at));
        if (element !== undefined) found.push(element);
      }
      // What has been read is dropped; a step over an escape may have gone beyond the end.
      const kept = start < 0 ? Math.min(at, text.length) : start;
      text = text.slice(kept);
      at -= kept;
      if (start >= 0) start = 0;
      requireShort(text.length);
      return found;
    },
    end() {
      if (!isOver) throw new FileTextError('The file ends before its array does. Is it whole?');
      return [];
    },
  };
}

/** A cell of a CSV file: undefined where nothing stands, which is not the same as an empty text in quotes. */
export type Cell = string | undefined;

/** The rows of a CSV file (RFC 4180), whatever ends its lines. */
export function csvSplitter(separator = ','): Splitter<Cell[]> {
  let row: Cell[] = [];
  let cell = '';
  let isQuoted = false;
  let inQuotes = false;
  /** A quote inside quotes: the end of them, or one of two that stand for one. */
  let sawQuote = false;
  let sawReturn = false;

  function endCell(): void {
    row.push(cell === '' && !isQuoted ? undefined : cell);
    cell = '';
    isQuoted = false;
    sawQuote = false;
  }

  function endRow(rows: Cell[][]): void {
    endCell();
    // A line with nothing in it is no row.
    if (row.length > 1 || row[0] !== undefined) rows.push(row);
    row = [];
  }

  function step(character: string, rows: Cell[][]): void {
    if (inQuotes && !sawQuote) {
      if (character === '"') sawQuote = true;
      else cell += character;
      return;
    }
    if (inQuotes && character === '"') {
      cell += '"';
      sawQuote = false;
      return;
    }
    inQuotes = false;
    if (character === separator) endCell();
    else if (character === '\n' || character === '\r') {
      if (!(character === '\n' && sawReturn)) endRow(rows);
    } else if (character === '"' && cell === '' && !isQuoted) {
      inQuotes = true;
      isQuoted = true;
    } else cell += character;
    sawReturn = character === '\r';
  }

  return {
    push(piece) {
      const rows: Cell[][] = [];
      for (let at = 0; at < piece.length; at++) {
        if (inQuotes && !sawQuote) {
          // Up to the next quote everything is text.
          const quote = piece.indexOf('"', at);
          const end = quote < 0 ? piece.length : quote;
          cell += piece.slice(at, end);
          at = end;
          if (quote < 0) break;
        }
        step(piece.charAt(at), rows);
      }
      requireShort(cell.length);
      return rows;
    },
    end() {
      if (inQuotes && !sawQuote) throw new FileTextError('The file ends inside quotes. Is it whole?');
      const rows: Cell[][] = [];
      endRow(rows);
      return rows;
    },
  };
}
