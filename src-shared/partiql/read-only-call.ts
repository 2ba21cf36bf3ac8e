import { JsonReader, JsonTextError } from '../values/json-reader.ts';
import { classifyStatement } from './classify.ts';

/** Where the three PartiQL operations have their statements. */
const listOf: Readonly<Record<string, string | undefined>> = {
  ExecuteStatement: undefined,
  BatchExecuteStatement: 'Statements',
  ExecuteTransaction: 'TransactStatements',
};

/** Whether an operation of DynamoDB is one that runs PartiQL. */
export function isPartiql(operation: string): boolean {
  return Object.hasOwn(listOf, operation);
}

/**
 * Whether a PartiQL request only reads: every statement in it is surely a SELECT. A body that says something twice
 * (which two readers could take for two things), or cannot be read, does not count as reading.
 *
 * @param body the request's JSON
 */
export function onlySelects(operation: string, body: string): boolean {
  if (!isPartiql(operation)) return false;
  try {
    const list = listOf[operation];
    const statements = list === undefined ? [statementIn(body)] : membersOf(body, list).map(statementIn);
    return statements.length > 0 && statements.every((statement) => classifyStatement(statement).isReading);
  } catch (error) {
    if (error instanceof JsonTextError) return false;
    throw error;
  }
}

function statementIn(body: string): string {
  return new JsonReader(only(body, 'Statement')).string();
}

function membersOf(body: string, list: string): string[] {
  const members: string[] = [];
  const reader = new JsonReader(only(body, list));
  reader.array(() => members.push(reader.raw()));
  return members;
}

/** The one member of this name, as text. */
function only(body: string, name: string): string {
  const found: string[] = [];
  const seen = new Set<string>();
  const reader = new JsonReader(body);
  reader.object((member) => {
    if (seen.has(member)) throw new JsonTextError('A name stands there twice.');
    seen.add(member);
    const value = reader.raw();
    if (member === name) found.push(value);
  });
  reader.end();
  const [text] = found;
  if (text === undefined) throw new JsonTextError(`There is no ${name}.`);
  return text;
}
