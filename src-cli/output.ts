import { RolegateError, toErrorData } from '../src-shared/errors.ts';

/** Prints a line to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a line that is for the person and not part of a command's result. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints an error as a sentence, and what to do about it where that is known. */
export function printError(error: unknown): void {
  const { message, hint } = toErrorData(error);
  note(message);
  if (hint !== undefined) note(hint);
  if (!(error instanceof RolegateError) && process.env['ROLEGATE_DEBUG']) note(String((error as Error)?.stack));
}

/** Rows as columns of text, with a line of headings. What others wrote in a cell cannot act on the terminal or on its neighbours. */
export function table(headings: readonly string[], texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map((cell) => cell.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** How long until a time, in words: `11 h 52 min`. */
export function timeLeft(until: number, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((until - now) / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
