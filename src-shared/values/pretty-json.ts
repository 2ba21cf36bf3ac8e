import { JsonReader, JsonTextError } from './json-reader.ts';

const indent = '  ';
/** Far more than anybody nests; text from elsewhere must not exhaust the stack. */
const maxDepth = 100;

/**
 * JSON text over several lines, with everything in it as it stands: numbers to the last digit, names in their order and
 * as often as they occur, escapes unread.
 *
 * @throws JsonTextError when it is not JSON
 */
export function prettyJson(text: string): string {
  const reader = new JsonReader(text);
  const pretty = prettyValue(reader, '', 0);
  reader.end();
  return pretty;
}

function prettyValue(reader: JsonReader, margin: string, depth: number): string {
  if (depth > maxDepth) throw new JsonTextError('It is nested too deeply.');
  const inner = margin + indent;
  const parts: string[] = [];
  const next = reader.peek();
  if (next === '{') {
    reader.rawObject((name) => {
      parts.push(`${inner}${name}: ${prettyValue(reader, inner, depth + 1)}`);
    });
  } else if (next === '[') {
    reader.array(() => {
      parts.push(inner + prettyValue(reader, inner, depth + 1));
    });
  } else return reader.raw();
  const [open, close] = next === '{' ? ['{', '}'] : ['[', ']'];
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(',\n')}\n${margin}${close}`;
}
