import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import type { Problem } from './problem.ts';
import type { YamlDocument } from './yaml-document.ts';

/** What a schema found wrong with a document, as sentences with places. */
export function schemaProblems(document: YamlDocument, schema: z.ZodType, error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => issueProblems(document, schema, issue));
}

/** A problem at a path of a document, or at the nearest thing above it that is there. */
export function problemAt(document: YamlDocument, path: readonly PropertyKey[], message: string): Problem {
  const field = path.map(String).join('.');
  return { file: document.file, ...document.place(path), ...(field !== '' && { field }), message };
}

function issueProblems(document: YamlDocument, schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => {
      const near = nearestName(key, known);
      const hint = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`;
      return problemAt(document, [...issue.path, key], `${key} is not known here. ${hint}`);
    });
  }
  const source = document.source(issue.path);
  const where = issue.path.map(String).join('.');
  // A label such as `aws_account_id: 012345678901` reads as a number and loses its leading zero.
  if (source !== undefined && /^\d+$/.test(source)) {
    const message = `${where} must be text, and a number needs quotes to be text.`;
    const key = String(issue.path.at(-1));
    // Errors are shown, and a server's are logged.
    const shown = /secret|password|token|private/i.test(key) ? '…' : source;
    return [{ ...problemAt(document, issue.path, message), corrected: `${key}: "${shown}"` }];
  }
  const message = plainIssue(issue, document.source(issue.path));
  return [problemAt(document, issue.path, `${where === '' ? 'The document' : where}: ${message}`)];
}

function plainIssue(issue: z.core.$ZodIssue, source: string | undefined): string {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    // Versions are too short to look alike.
    const near = source === undefined || source.length < 3 ? undefined : nearestName(source, values);
    return `it must be ${listed(values)}.${near === undefined ? '' : ` Did you mean ${near}?`}`;
  }
  if (issue.code === 'invalid_type') {
    const wanted = article(issue.expected);
    return issue.input === undefined ? `it is missing; it must be ${wanted}.` : `it must be ${wanted}.`;
  }
  return issue.message;
}

/** `v3, v4 or v5` */
function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function article(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    object: 'a group of keys',
    record: 'a group of keys',
    int: 'a whole number',
  };
  return words[expected] ?? `a ${expected}`;
}

interface SchemaDefinition {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  innerType?: Schema;
  valueType?: Schema;
}
interface Schema {
  def: SchemaDefinition;
}

/** The keys that a schema knows at a path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = bare(schema as unknown as Schema);
  for (const step of path) at = bare(at?.def.shape?.[String(step)] ?? at?.def.element ?? at?.def.valueType);
  return Object.keys(at?.def.shape ?? {});
}

function bare(schema: Schema | undefined): Schema | undefined {
  return schema?.def.innerType ? bare(schema.def.innerType) : schema;
}
