import { base64Problem } from '../values/binary.ts';
import { numberProblem } from '../values/decimal.ts';
import { parseValue } from '../values/parse-item.ts';
import { writeValue } from '../values/write-value.ts';
import type { TypedAs } from './criteria.ts';

/** A typed text as a value, or why it is none. */
export type TypedValue = { text: string } | { problem: string };

/** Reads what was typed as a value of a type; `text` is DynamoDB JSON. */
export function typedValue(type: TypedAs, typed: string): TypedValue {
  switch (type) {
    case 'S':
      return { text: writeValue({ type: 'S', text: typed }) };
    case 'N': {
      const problem = numberProblem(typed);
      return problem === undefined ? { text: writeValue({ type: 'N', text: typed.trim() }) } : { problem };
    }
    case 'B': {
      const problem = base64Problem(typed.trim());
      return problem === undefined ? { text: writeValue({ type: 'B', base64: typed.trim() }) } : { problem };
    }
    case 'BOOL':
      if (typed !== 'true' && typed !== 'false') return { problem: 'Choose true or false.' };
      return { text: writeValue({ type: 'BOOL', value: typed === 'true' }) };
    case 'NULL':
      return { text: writeValue({ type: 'NULL' }) };
    case 'JSON':
      try {
        return { text: writeValue(parseValue(typed)) };
      } catch {
        return { problem: 'Write the value as DynamoDB JSON, such as {"SS":["a","b"]}.' };
      }
  }
}

/** Splits `a, b, "c, d"` into its parts; quotes keep commas and spaces. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:("(?:[^"\\]|\\.)*")|([^,]*))\s*(?:,|$)/g)) {
    if (quoted !== undefined) parts.push(unquoted(quoted));
    else if (plain !== undefined && plain.trim() !== '') parts.push(plain.trim());
  }
  return parts;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}
