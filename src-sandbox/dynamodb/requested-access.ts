import { accountId } from '../iam/account.ts';

/** One thing that a request needs permission for. */
export interface RequestedAccess {
  /** `dynamodb:GetItem`. */
  action: string;
  /** The ARN of a table or an index, or of all tables where a request names none. */
  resource: string;
}

type Json = Record<string, unknown>;

const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

const partiqlActions: Readonly<Record<string, string>> = {
  delete: 'PartiQLDelete',
  exists: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  select: 'PartiQLSelect',
  update: 'PartiQLUpdate',
};

/**
 * What a DynamoDB request needs permission for. Most operations are an action of their own; a transaction needs what
 * each of its parts needs, and a PartiQL statement what its verb says.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB".
 *
 * @param input the request's body
 * @returns undefined when it cannot be told, so that such a request can be refused
 */
export function requestedAccess(operation: string, input: Json, region: string): RequestedAccess[] | undefined {
  const on = (name: string, table: unknown, index?: unknown) => ({
    action: `dynamodb:${name}`,
    resource: tableArn(region, table, index),
  });
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem': {
      const tables = Object.keys(objectOf(input['RequestItems']) ?? {});
      return tables.length > 0 ? tables.map((table) => on(operation, table)) : [on(operation, undefined)];
    }
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return everyOf(listOf(input['TransactItems']), (part) =>
        // A part should do one thing; should it name several, all of them count.
        everyOf(Object.entries(objectOf(part) ?? {}), ([kind, details]) => {
          const action = ownValue(transactionActions, kind);
          return action === undefined ? undefined : [on(action, objectOf(details)?.['TableName'])];
        }),
      );
    case 'ExecuteStatement':
      return statementAccess(input, on);
    case 'BatchExecuteStatement':
      return everyOf(listOf(input['Statements']), (part) => statementAccess(part, on));
    case 'ExecuteTransaction':
      return everyOf(listOf(input['TransactStatements']), (part) => statementAccess(part, on));
    default:
      return [arnAccess(operation, input) ?? on(operation, input['TableName'], input['IndexName'])];
  }
}

/** The ARN of a table (or of one of its indexes); of all tables when `table` is no name. */
function tableArn(region: string, table: unknown, index: unknown): string {
  const name = typeof table === 'string' && table !== '' ? table : '*';
  const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
  return typeof index === 'string' && index !== '' ? `${arn}/index/${index}` : arn;
}

/** Operations on tags and streams name what they are for by ARN. */
function arnAccess(operation: string, input: Json): RequestedAccess | undefined {
  const arn = input['ResourceArn'] ?? input['StreamArn'];
  return typeof arn === 'string' ? { action: `dynamodb:${operation}`, resource: arn } : undefined;
}

/** A PartiQL statement's verb and table: `SELECT … FROM "Music"`, `INSERT INTO Music …`, `UPDATE Music …`. */
function statementAccess(
  part: unknown,
  on: (name: string, table: unknown) => RequestedAccess,
): RequestedAccess[] | undefined {
  const statement = objectOf(part)?.['Statement'];
  if (typeof statement !== 'string') return undefined;
  const verb = /^\s*([a-z]+)/i.exec(statement)?.[1]?.toLowerCase();
  const action = verb !== undefined && ownValue(partiqlActions, verb);
  if (!action) return undefined;
  const table = /\b(?:from|into|update)\s+(?:"([^"]+)"|([\w.-]+))/i.exec(statement);
  return [on(action, table?.[1] ?? table?.[2])];
}

/** The access of all parts of a list, or undefined when there are none, or one of them cannot be told. */
function everyOf<Part>(
  parts: readonly Part[],
  accessOf: (part: Part) => RequestedAccess[] | undefined,
): RequestedAccess[] | undefined {
  if (parts.length === 0) return undefined;
  const all: RequestedAccess[] = [];
  for (const part of parts) {
    const access = accessOf(part);
    if (!access) return undefined;
    all.push(...access);
  }
  return all;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
