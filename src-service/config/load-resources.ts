import type { z } from 'zod';
import { roleArnProblem, withBothColons } from '../../src-shared/aws/arn.ts';
import { parseTemplate } from '../access/template.ts';
import { restoreIndentation } from './flattened.ts';
import { nearestName } from './nearest-name.ts';
import { type Problem, problemsError } from './problem.ts';
import { type ResourceKind, type Role, resourceKinds, toRole, toUser, type User } from './resources.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

export interface ResourceFile {
  /** Name for error messages; nothing is read from it. */
  file: string;
  text: string;
}

export interface Resources {
  roles: ReadonlyMap<string, Role>;
  users: ReadonlyMap<string, User>;
}

/**
 * Reads role and user documents. A file may hold several, separated by `---`.
 *
 * @throws RolegateError `bad_input` naming file, line and column of everything that is wrong, with the corrected
 *   text where it can be told. Nothing is loaded in part.
 */
export function loadResources(files: readonly ResourceFile[]): Resources {
  const roles = new Map<string, Role>();
  const users = new Map<string, User>();
  const problems: Problem[] = [];
  for (const { file, text } of files) {
    const yaml = readYaml(file, text);
    problems.push(...yaml.problems);
    for (const document of yaml.documents) {
      const read = readResource(document);
      if ('problems' in read) {
        problems.push(...read.problems);
        continue;
      }
      const { kind, resource } = read;
      const known: Map<string, unknown> = kind === 'role' ? roles : users;
      if (known.has(resource.name)) {
        problems.push(problemAt(document, ['metadata', 'name'], `There is already a ${kind} named ${resource.name}.`));
      }
      known.set(resource.name, resource);
    }
  }
  if (problems.length > 0) throw problemsError(problems);
  return { roles, users };
}

type ReadResource = { kind: 'role'; resource: Role } | { kind: 'user'; resource: User } | { problems: Problem[] };

function readResource(document: YamlDocument): ReadResource {
  const restored = restoreIndentation(document.value);
  if (restored !== undefined) {
    const message = 'The indentation of this document is lost: nothing stands under metadata and spec.';
    return { problems: [{ ...problemAt(document, ['spec'], message), corrected: restored }] };
  }
  const kind = (document.value as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !(kind in resourceKinds)) {
    const kinds = Object.keys(resourceKinds);
    const near = typeof kind === 'string' ? nearestName(kind, kinds) : undefined;
    const message = kind === undefined ? 'The document has no kind.' : `There is no kind ${JSON.stringify(kind)}.`;
    const known = near === undefined ? ` It can be ${kinds.join(' or ')}.` : ` Did you mean ${near}?`;
    return { problems: [problemAt(document, ['kind'], message + known)] };
  }
  const parsed = resourceKinds[kind as ResourceKind].safeParse(document.value);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => schemaProblems(document, issue)) };
  const resource = parsed.data;
  const found =
    resource.kind === 'role' ? roleProblems(document, resource.spec) : traitProblems(document, resource.spec);
  if (found.length > 0) return { problems: found };
  return resource.kind === 'role'
    ? { kind: 'role', resource: toRole(resource) }
    : { kind: 'user', resource: toUser(resource) };
}

type Spec = z.output<(typeof resourceKinds)['role']>['spec'];

function roleProblems(document: YamlDocument, spec: Spec): Problem[] {
  const problems: Problem[] = [];
  for (const side of ['allow', 'deny'] as const) {
    for (const [index, text] of (spec[side]?.aws_role_arns ?? []).entries()) {
      const path = ['spec', side, 'aws_role_arns', index];
      if (text === '*') {
        if (side === 'deny') continue;
        const message = 'A wildcard is not allowed in aws_role_arns: name the IAM roles that may be assumed.';
        problems.push(problemAt(document, path, message));
        continue;
      }
      problems.push(...arnProblems(document, path, text));
    }
    problems.push(...labelProblems(document, ['spec', side, 'app_labels'], spec[side]?.app_labels ?? {}));
  }
  return problems;
}

function labelProblems(document: YamlDocument, path: string[], labels: Record<string, string[]>): Problem[] {
  return Object.entries(labels).flatMap(([key, values]) => {
    if (key === '*' && values.join() !== '*') {
      return [problemAt(document, [...path, key], "The label '*' can only have the value '*'.")];
    }
    // Taken as plain text it would match nothing, and nobody would know why.
    const expression = values.find((value) => value.startsWith('^') && value.endsWith('$'));
    if (expression === undefined) return [];
    const message = `"${expression}" is a regular expression; labels take plain text and globs such as prod-*.`;
    return [problemAt(document, [...path, key], message)];
  });
}

function traitProblems(document: YamlDocument, spec: { traits: Record<string, string[]> }): Problem[] {
  const arns = spec.traits['aws_role_arns'] ?? [];
  return arns.flatMap((text, index) => arnProblems(document, ['spec', 'traits', 'aws_role_arns', index], text));
}

/** What is wrong with one entry of `aws_role_arns`: an ARN, or a template that becomes one. */
function arnProblems(document: YamlDocument, path: (string | number)[], text: string): Problem[] {
  const template = parseTemplate(text);
  if (!template.ok) return [problemAt(document, path, template.message)];
  const problem = template.isLiteral ? roleArnProblem(text) : templateArnProblem(text);
  return problem ? [{ ...problemAt(document, path, problem.message), corrected: problem.corrected }] : [];
}

function templateArnProblem(text: string): { message: string; corrected?: string } | undefined {
  const corrected = withBothColons(text);
  return corrected === undefined
    ? undefined
    : { message: `"${text}" has one colon too few: IAM ARNs have no region.`, corrected };
}

function schemaProblems(document: YamlDocument, issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const known = knownKeys(document, issue.path);
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
    return [{ ...problemAt(document, issue.path, message), corrected: `${String(issue.path.at(-1))}: "${source}"` }];
  }
  return [problemAt(document, issue.path, `${where === '' ? 'The document' : where}: ${plainIssue(issue)}`)];
}

function plainIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `it must be ${issue.values.map(String).join(' or ')}.`;
  if (issue.code === 'invalid_type') return `it must be ${article(issue.expected)}.`;
  if (issue.code === 'invalid_union') return 'it must be a text or a list of texts.';
  return issue.message;
}

function article(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    object: 'a group of keys',
    record: 'a group of keys',
  };
  return words[expected] ?? `a ${expected}`;
}

/** The keys that the schema knows at a path of a document. */
function knownKeys(document: YamlDocument, path: readonly PropertyKey[]): string[] {
  const kind = (document.value as { kind: ResourceKind }).kind;
  let schema: unknown = resourceKinds[kind];
  for (const step of path) schema = unwrap(shapeOf(schema)[String(step)]);
  return Object.keys(shapeOf(schema));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  return (schema as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
}

function unwrap(schema: unknown): unknown {
  const inner = schema as { unwrap?: () => unknown; shape?: unknown } | undefined;
  return inner && !inner.shape && inner.unwrap ? unwrap(inner.unwrap()) : schema;
}

function problemAt(document: YamlDocument, path: readonly PropertyKey[], message: string): Problem {
  return { file: document.file, ...document.place(path), message };
}
