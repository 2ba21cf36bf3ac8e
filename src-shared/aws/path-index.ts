import { type Header, headerValue } from '../contracts/aws-call.ts';

/** What of a request tells a REST operation from others. */
export interface RestRequest {
  method: string;
  /** As sent, percent-encoding untouched. */
  path: string;
  query: string;
  headers: readonly Header[];
}

/** Finds what belongs to a method and path among many URI templates, in a time that does not depend on how many. */
export interface PathIndex {
  /**
   * The words of the template that fits best: literals before labels, more conditions before fewer. More than one
   * where the templates themselves do not differ; none where nothing fits, or where the query asks for two things.
   */
  find(request: RestRequest): readonly string[];
}

/** One operation on a path: `PUT?partNumber=*&uploadId=*+x-amz-copy-source Word`. */
interface Rule {
  method: string;
  /** Query keys that must be there; with a value, or with any. */
  query: readonly (readonly [key: string, value: string | undefined])[];
  /** Keys without a value, which name what a request is about (`?acl`): a request has one such subject. */
  subjects: readonly string[];
  headers: readonly string[];
  word: string;
}

interface Node {
  literals: Map<string, Node>;
  label?: Node;
  /** The rest of the path, or what is before the literals below it. */
  rest?: Node;
  rules: Rule[];
}

/** Paths longer than any template; only the rest of a path (an object's key) goes on further. */
const maxSegments = 2_000;
const maxQueryParameters = 200;

/**
 * @param paths templates with `{}` for a label and `{+}` for the rest, each with its rules, separated by commas
 */
export function pathIndex(paths: Readonly<Record<string, string>>): PathIndex {
  const root = newNode();
  for (const [template, rules] of Object.entries(paths)) {
    let node = root;
    for (const segment of segmentsOf(template)) node = childFor(node, segment);
    node.rules.push(...rules.split(',').map(parseRule));
  }
  return {
    find(request) {
      const segments = segmentsOf(request.path);
      if (segments.length > maxSegments) return [];
      return findIn(root, segments.map(decoded), 0, lazyQuery(request), request) ?? [];
    },
  };
}

function newNode(): Node {
  return { literals: new Map(), rules: [] };
}

function childFor(node: Node, segment: string): Node {
  if (segment === '{}') {
    node.label ??= newNode();
    return node.label;
  }
  if (segment === '{+}') {
    node.rest ??= newNode();
    return node.rest;
  }
  const found = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, found);
  return found;
}

/** The segments of a path. A slash at the end says nothing: SDKs differ in whether they send it. */
function segmentsOf(path: string): string[] {
  const segments = path.split('/', maxSegments + 2).slice(1);
  if (segments.at(-1) === '') segments.pop();
  return segments;
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parseRule(text: string): Rule {
  const space = text.lastIndexOf(' ');
  const [condition = '', ...headers] = text.slice(0, space).split('+');
  const question = condition.indexOf('?');
  const method = question < 0 ? condition : condition.slice(0, question);
  const query = question < 0 ? [] : condition.slice(question + 1).split('&');
  const pairs = query.map((part): readonly [string, string | undefined] => {
    const equals = part.indexOf('=');
    if (equals < 0) return [part, undefined];
    const value = part.slice(equals + 1);
    return [part.slice(0, equals), value === '*' ? undefined : value];
  });
  const subjects = query.filter((part) => !part.includes('='));
  return { method, query: pairs, subjects, headers, word: text.slice(space + 1) };
}

type Query = () => ReadonlyMap<string, string>;

function findIn(node: Node, path: readonly string[], at: number, query: Query, request: RestRequest): string[] | null {
  if (at === path.length) return bestOf(node.rules, query, request);
  const segment = path[at] ?? '';
  const literal = node.literals.get(segment);
  const byLiteral = literal && findIn(literal, path, at + 1, query, request);
  if (byLiteral) return byLiteral;
  const byLabel = node.label && segment !== '' ? findIn(node.label, path, at + 1, query, request) : null;
  if (byLabel) return byLabel;
  if (!node.rest) return null;
  for (let end = at + 1; node.rest.literals.size > 0 && end < path.length; end += 1) {
    const below = node.rest.literals.get(path[end] ?? '');
    const found = below && findIn(below, path, end + 1, query, request);
    if (found) return found;
  }
  return bestOf(node.rest.rules, query, request);
}

function bestOf(rules: readonly Rule[], query: Query, request: RestRequest): string[] | null {
  const fitting = rules.filter((rule) => rule.method === request.method && fits(rule, query, request.headers));
  if (fitting.length === 0) return null;
  const most = Math.max(...fitting.map(weight));
  const best = fitting.filter((rule) => weight(rule) === most);
  const named = new Set(best.flatMap((rule) => rule.subjects));
  const asksForMore = rules.some((rule) => rule.subjects.some((key) => !named.has(key) && query().has(key)));
  return asksForMore ? [] : [...new Set(best.map((rule) => rule.word))];
}

function weight(rule: Rule): number {
  return rule.query.length + rule.headers.length;
}

function fits(rule: Rule, query: Query, headers: readonly Header[]): boolean {
  return (
    rule.query.every(([key, value]) => query().has(key) && (value === undefined || query().get(key) === value)) &&
    rule.headers.every((name) => headerValue(headers, name) !== undefined)
  );
}

/** The query's parameters, taken apart at the first look; the first of a name counts. */
function lazyQuery({ query }: RestRequest): Query {
  let parsed: Map<string, string> | undefined;
  return () => {
    if (parsed) return parsed;
    parsed = new Map();
    for (const part of query === '' ? [] : query.split('&', maxQueryParameters)) {
      const equals = part.indexOf('=');
      const key = decoded(equals < 0 ? part : part.slice(0, equals));
      if (!parsed.has(key)) parsed.set(key, equals < 0 ? '' : decoded(part.slice(equals + 1)));
    }
    return parsed;
  };
}
