import type { Item } from '../values/attribute-value.ts';
import { JsonReader, JsonTextError } from '../values/json-reader.ts';
import { parseItem } from '../values/parse-item.ts';
import { parsePlainJson, plainJson } from '../values/plain-json.ts';

/** The kinds of file that items are exported to and imported from. */
export const fileFormats = ['dynamodb-json', 'json', 'csv'] as const;
export type FileFormat = (typeof fileFormats)[number];

/**
 * One item as a line of DynamoDB's own export and import format: `{"Item":{…}}`. Nothing is lost in it.
 * Source: Developer Guide, "Amazon S3 import formats".
 *
 * @param text DynamoDB JSON, as it came
 */
export function dynamoDbLine(text: string): string {
  return `{"Item":${oneLine(text)}}\n`;
}

/** The item's own text out of such a line; a bare item is taken as well. @throws JsonTextError when it is neither */
export function readDynamoDbLine(line: string): Item {
  return parseItem(itemOfLine(line) ?? line);
}

/** What a line of {@link dynamoDbLine} holds, unparsed; undefined when the line is something else. */
export function itemOfLine(line: string): string | undefined {
  const reader = new JsonReader(line);
  let item: string | undefined;
  let members = 0;
  reader.object((name) => {
    members++;
    const raw = reader.raw();
    if (name === 'Item') item = raw;
  });
  reader.end();
  if (members !== 1 || item === undefined) return undefined;
  // An item whose only attribute is called Item: its value has a type where an item would have attributes.
  return isItem(item) ? item : undefined;
}

function isItem(text: string): boolean {
  try {
    parseItem(text);
    return true;
  } catch {
    return false;
  }
}

/** One item as plain JSON on one line, its key first. Sets become lists and binary base64 text: see docs/jobs.md. */
export function plainLine(item: Item, keyNames: readonly string[] = []): string {
  return oneLine(plainJson(item, keyNames));
}

/** Reads plain JSON: text, numbers with all their digits, lists and objects. @throws JsonTextError */
export function readPlainLine(line: string): Item {
  return parsePlainJson(line);
}

/** JSON on one line. A text in JSON never holds a line break itself, so those that there are stand between its parts. */
export function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[ \t]*[\r\n]+[ \t]*/g, '') : json;
}

/** Whether a line is DynamoDB JSON; plain JSON otherwise. @throws JsonTextError when it is no JSON object at all */
export function isDynamoDbLine(line: string): boolean {
  try {
    return readDynamoDbLine(line).size > 0;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    readPlainLine(line);
    return false;
  }
}
