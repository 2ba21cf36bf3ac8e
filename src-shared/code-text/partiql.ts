import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { writeValue } from '../values/write-value.ts';

/**
 * The PartiQL statement that inserts an item. Binary has no literal; such values become parameters, which are named
 * in a comment behind the statement.
 */
export function insertStatement(table: string, item: Item): string {
  const parameters: string[] = [];
  const literal = (value: AttributeValue): string => {
    if (!hasBinary(value)) return literalOf(value);
    parameters.push(writeValue(value));
    return '?';
  };
  const pairs = Array.from(item, ([name, value]) => `${quoted(name)}: ${literal(value)}`);
  const statement = `INSERT INTO "${table.replaceAll('"', '""')}" VALUE {${pairs.join(', ')}}`;
  return parameters.length === 0 ? statement : `${statement}\n-- Parameters: [${parameters.join(', ')}]`;
}

function literalOf(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
      return quoted(value.text);
    case 'N':
      return value.text;
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'NULL';
    case 'M':
      return `{${Array.from(value.entries, ([name, inner]) => `${quoted(name)}: ${literalOf(inner)}`).join(', ')}}`;
    case 'L':
      return `[${value.values.map(literalOf).join(', ')}]`;
    case 'SS':
      return `<<${value.members.map(quoted).join(', ')}>>`;
    case 'NS':
      return `<<${value.members.join(', ')}>>`;
    case 'B':
    case 'BS':
      return '?';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function hasBinary(value: AttributeValue): boolean {
  if (value.type === 'B' || value.type === 'BS') return true;
  if (value.type === 'L') return value.values.some(hasBinary);
  return value.type === 'M' && [...value.entries.values()].some(hasBinary);
}
