import { putCall } from '../../../src-shared/code-text/api-call.ts';
import { csvText } from '../../../src-shared/code-text/csv.ts';
import { awsCliCommand, javascriptCode, pythonCode } from '../../../src-shared/code-text/languages.ts';
import { insertStatement } from '../../../src-shared/code-text/partiql.ts';
import { plainJson } from '../../../src-shared/values/plain-json.ts';
import type { ItemRow } from './item-row.ts';
import { namesAsSeen } from './names-as-seen.ts';

/** What items can be copied as. */
export const copyFormats = [
  { id: 'dynamodb', label: 'DynamoDB JSON' },
  { id: 'json', label: 'JSON' },
  { id: 'csv', label: 'CSV' },
  { id: 'cli', label: 'AWS CLI (put-item)' },
  { id: 'partiql', label: 'PartiQL (INSERT)' },
  { id: 'javascript', label: 'JavaScript (PutItem)' },
  { id: 'python', label: 'Python (put_item)' },
] as const;
export type CopyFormat = (typeof copyFormats)[number]['id'];

/** Where the items are from. */
export interface CopiedFrom {
  table: string;
  region: string;
  keyNames: readonly string[];
}

/** Items as text. Several are one JSON list, one item a line, or one statement after the other. */
export function copyText(
  format: CopyFormat,
  rows: readonly ItemRow[],
  { table, region, keyNames }: CopiedFrom,
): string {
  switch (format) {
    case 'dynamodb':
      return rows.map(({ text }) => text).join('\n');
    case 'json': {
      const texts = rows.map(({ item }) => plainJson(item, keyNames));
      return texts.length === 1 ? texts.join('') : `[\n${texts.join(',\n')}\n]`;
    }
    case 'csv': {
      const items = rows.map(({ item }) => item);
      const names = namesAsSeen(items.map((item) => [...item.keys()]));
      return csvText(items, [...keyNames, ...names.filter((name) => !keyNames.includes(name))]);
    }
    case 'cli':
      return rows.map(({ item }) => awsCliCommand(putCall(table, item), region)).join('\n');
    case 'partiql':
      return rows.map(({ item }) => insertStatement(table, item)).join(';\n');
    case 'javascript':
      return rows.map(({ item }) => javascriptCode(putCall(table, item), region)).join('\n');
    case 'python':
      return rows.map(({ item }) => pythonCode(putCall(table, item), region)).join('\n');
  }
}
