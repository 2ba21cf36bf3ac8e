import { csvRow } from '../../../src-shared/code-text/csv.ts';
import { readEvent } from './audit-event.ts';

const headings = ['seq', 'time', 'user', 'event', 'what', 'iam_role', 'outcome', 'success', 'event_json'];

/** The first row. */
export const csvHead = `${csvRow(headings)}\r\n`;

/** An event as a row; all of it is in the last column. */
export function csvOf(line: string): string {
  const { seq, time, user, event, what, role, outcome, isFailure } = readEvent(line);
  const moment = time === 0 ? '' : new Date(time).toISOString();
  const row = [String(seq), moment, user, event, what, role, outcome, isFailure ? 'no' : 'yes', line];
  return `${csvRow(row)}\r\n`;
}
