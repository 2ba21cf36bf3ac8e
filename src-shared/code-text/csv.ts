import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { writeValue } from '../values/write-value.ts';

/**
 * Items as CSV (RFC 4180), one column for each name. Types are lost in it: DynamoDB JSON is what comes back. A text
 * that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection").
 */
export function csvText(items: readonly Item[], names: readonly string[]): string {
  const lines = [csvRow(names), ...items.map((item) => names.map((name) => field(cell(item.get(name)))).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}

/** A row of any texts, without its end. */
export function csvRow(cells: readonly string[]): string {
  return cells.map((text) => field(safeText(text))).join(',');
}

function cell(value: AttributeValue | undefined): string {
  if (!value) return '';
  switch (value.type) {
    case 'S':
      return safeText(value.text);
    case 'N':
      return value.text;
    case 'B':
      return safeText(value.base64);
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'null';
    default:
      return writeValue(value);
  }
}

function safeText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
