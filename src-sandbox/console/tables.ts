import { z } from 'zod';
import { withStatistics } from '../dynamodb/description.ts';
import { askEngine } from '../engine/ask.ts';
import type { Engines } from '../engine/engines.ts';
import type { Statistics } from '../engine/statistics.ts';
import { accountId } from '../iam/account.ts';
import { denialOf, type Principal } from '../iam/principal.ts';

/** A table as the console lists it; what the role may not see is a dash. */
export interface TableRow {
  name: string;
  status: string;
  partitionKey: string;
  sortKey: string;
  indexes: string;
  items: string;
}

/** The tables of a region, or why they are not shown. */
export type TableList = { kind: 'tables'; tables: readonly TableRow[] } | { kind: 'refused'; reason: string };

const names = z.object({ TableNames: z.array(z.string()), LastEvaluatedTableName: z.string().optional() });
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const description = z.object({
  Table: z.object({
    TableName: z.string(),
    TableId: z.string().optional(),
    TableStatus: z.string(),
    KeySchema: keySchema,
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
    ItemCount: z.number().optional(),
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).optional(),
    LocalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).optional(),
  }),
});

const typeNames: Readonly<Record<string, string>> = { S: 'String', N: 'Number', B: 'Binary' };

/**
 * The tables of a region as somebody may see them.
 *
 * @throws when the engine does not answer
 */
export async function listTables(principal: Principal, region: string, engines: Engines): Promise<TableList> {
  const tablesArn = `arn:aws:dynamodb:${region}:${accountId}:table`;
  const reason = denialOf(principal, 'dynamodb:ListTables', `${tablesArn}/*`);
  if (reason !== undefined) return { kind: 'refused', reason };
  const { http, statistics } = await engines.of(region);
  const tables: TableRow[] = [];
  let after: string | undefined;
  do {
    const page = names.parse(await askEngine(http, 'ListTables', { ExclusiveStartTableName: after }));
    for (const name of page.TableNames) {
      const visible = denialOf(principal, 'dynamodb:DescribeTable', `${tablesArn}/${name}`) === undefined;
      if (!visible) tables.push(namedRow(name));
      else tables.push(rowOf(await askEngine(http, 'DescribeTable', { TableName: name }), statistics));
    }
    after = page.LastEvaluatedTableName;
  } while (after !== undefined);
  return { kind: 'tables', tables };
}

function rowOf(answer: unknown, statistics: Statistics): TableRow {
  const table = withStatistics(description.parse(answer).Table, statistics);
  const key = (keyType: string) => {
    const attribute = table.KeySchema.find((entry) => entry.KeyType === keyType)?.AttributeName;
    if (attribute === undefined) return '–';
    const type = table.AttributeDefinitions.find((entry) => entry.AttributeName === attribute)?.AttributeType ?? '';
    return `${attribute} (${typeNames[type] ?? type})`;
  };
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    name: table.TableName,
    status: table.TableStatus === 'ACTIVE' ? 'Active' : table.TableStatus,
    partitionKey: key('HASH'),
    sortKey: key('RANGE'),
    indexes: indexes.map((index) => index.IndexName).join(', ') || '–',
    items: table.ItemCount?.toLocaleString('en-US') ?? '–',
  };
}

function namedRow(name: string): TableRow {
  return { name, status: '–', partitionKey: '–', sortKey: '–', indexes: '–', items: '–' };
}
