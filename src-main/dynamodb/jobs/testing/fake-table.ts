import type { AwsReply } from '../../../../src-shared/contracts/aws-call.ts';
import { JsonReader } from '../../../../src-shared/values/json-reader.ts';
import type { ForwardCall } from '../../request-handler.ts';
import { keyOf, keyText, sameKeyAs } from '../item-keys.ts';

/** A request to a {@link FakeTables}: which operation, and its body. */
export interface Asked {
  operation: string;
  body: string;
  /** How many requests of this operation there have been, this one included. */
  number: number;
}

/** What a test puts in the place of an answer; undefined lets the table answer. */
export type Fault = (asked: Asked) => Error | { status?: number; body: string } | Promise<never> | undefined;

/** Tables with a key `id`, in memory, with as much of DynamoDB as jobs use, and every fault that a test wants. */
export class FakeTables {
  readonly tables = new Map<string, Map<string, string>>();
  readonly asked: Asked[] = [];
  fault: Fault = () => undefined;
  /** What is done after a request was carried out, before its answer is sent. */
  afterwards: Fault = () => undefined;
  tableId = 'table-id';
  itemsOnPage = 10;
  private readonly counts = new Map<string, number>();

  add(name: string, items: readonly string[] = []): Map<string, string> {
    const table = new Map(items.map((item) => [sameKeyAs(keyOf(item, ['id'])), item]));
    this.tables.set(name, table);
    return table;
  }

  readonly forward: ForwardCall = (call, cancellation) =>
    new Promise((resolve, reject) => {
      cancellation?.add({ cancel: reject });
      this.reply(call).then(resolve, reject);
    });

  private async reply({ headers, body }: Parameters<ForwardCall>[0]): Promise<AwsReply> {
    const operation = (headers.find(([name]) => name === 'x-amz-target')?.[1] ?? '').split('.')[1] ?? '';
    const number = (this.counts.get(operation) ?? 0) + 1;
    this.counts.set(operation, number);
    const asked = { operation, body: Buffer.from(body as Uint8Array).toString(), number };
    this.asked.push(asked);
    const answer = (await this.fault(asked)) ?? this.answer(asked);
    const instead = (await this.afterwards(asked)) ?? answer;
    if (instead instanceof Error) throw instead;
    return { status: instead.status ?? 200, headers: [], body: Buffer.from(instead.body) };
  }

  private answer({ operation, body }: Asked): { status?: number; body: string } {
    const fields = JSON.parse(body) as Scanned & { TableName: string };
    const table = this.tables.get(fields.TableName) ?? new Map<string, string>();
    switch (operation) {
      case 'DescribeTable':
        return { body: this.description(fields.TableName, table) };
      case 'Scan':
        return { body: this.scan(table, fields, rawMember(body, 'ExclusiveStartKey')) };
      case 'PutItem':
        return put(table, rawMember(body, 'Item') ?? '');
      case 'GetItem': {
        const item = table.get(sameKeyAs(keyOf(rawMember(body, 'Key') ?? '{}', ['id'])));
        return { body: item === undefined ? '{}' : `{"Item":${item}}` };
      }
      case 'BatchGetItem':
        return { body: this.batchGet(body) };
      case 'BatchWriteItem':
        this.batchWrite(body);
        return { body: '{"UnprocessedItems":{},"ConsumedCapacity":[{"TableName":"T","CapacityUnits":25}]}' };
      default:
        return { status: 400, body: `{"__type":"UnknownOperationException","message":"${operation}"}` };
    }
  }

  private description(name: string, table: ReadonlyMap<string, string>): string {
    return JSON.stringify({
      Table: {
        TableName: name,
        TableId: this.tableId,
        TableStatus: 'ACTIVE',
        ItemCount: table.size,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    });
  }

  private scan(
    table: ReadonlyMap<string, string>,
    { Segment: segment = 0, TotalSegments: segments = 1, Select: select, ProjectionExpression: projection }: Scanned,
    start: string | undefined,
  ): string {
    const mine = [...table].filter((_, index) => index % segments === segment);
    const from = start === undefined ? 0 : mine.findIndex(([key]) => key === sameKeyAs(keyOf(start, ['id']))) + 1;
    const page = mine.slice(from, from + this.itemsOnPage);
    const last = page.at(-1);
    const isMore = last !== undefined && from + page.length < mine.length;
    const items = page.map(([, item]) => (projection === undefined ? item : keyText(keyOf(item, ['id']))));
    return `{"Count":${page.length},"ScannedCount":${page.length}${select === 'COUNT' ? '' : `,"Items":[${items.join(',')}]`},"ConsumedCapacity":{"TableName":"T","CapacityUnits":0.5}${isMore ? `,"LastEvaluatedKey":${keyText(keyOf(last[1], ['id']))}` : ''}}`;
  }

  private batchGet(body: string): string {
    const parts: string[] = [];
    requests(body, (name, raw) => {
      const table = this.tables.get(name);
      const found = rawElements(rawMember(raw, 'Keys') ?? '[]').flatMap(
        (key) => table?.get(sameKeyAs(keyOf(key, ['id']))) ?? [],
      );
      parts.push(`${JSON.stringify(name)}:[${found.join(',')}]`);
    });
    return `{"Responses":{${parts.join(',')}},"UnprocessedKeys":{}}`;
  }

  private batchWrite(body: string): void {
    requests(body, (name, raw) => {
      const table = this.tables.get(name);
      for (const request of rawElements(raw)) {
        const item = rawMember(rawMember(request, 'PutRequest') ?? '{}', 'Item');
        const key = rawMember(rawMember(request, 'DeleteRequest') ?? '{}', 'Key');
        if (item !== undefined) table?.set(sameKeyAs(keyOf(item, ['id'])), item);
        if (key !== undefined) table?.delete(sameKeyAs(keyOf(key, ['id'])));
      }
    });
  }
}

interface Scanned {
  Segment?: number;
  TotalSegments?: number;
  Select?: string;
  ProjectionExpression?: string;
}

function put(table: Map<string, string>, item: string): { status?: number; body: string } {
  const key = sameKeyAs(keyOf(item, ['id']));
  if (table.has(key)) return { status: 400, body: '{"__type":"ConditionalCheckFailedException","message":"no"}' };
  table.set(key, item);
  return { body: '{"ConsumedCapacity":{"TableName":"T","CapacityUnits":1}}' };
}

/** The first requests of a batch, as text. */
export function batchOf(body: string): string[] {
  let all: string[] = [];
  requests(body, (_, raw) => {
    all = rawElements(raw);
  });
  return all;
}

function requests(body: string, each: (table: string, raw: string) => void): void {
  const reader = new JsonReader(rawMember(body, 'RequestItems') ?? '{}');
  reader.object((name) => each(name, reader.raw()));
}

function rawMember(json: string, wanted: string): string | undefined {
  const reader = new JsonReader(json);
  let found: string | undefined;
  reader.object((name) => {
    const raw = reader.raw();
    if (name === wanted) found = raw;
  });
  return found;
}

function rawElements(json: string): string[] {
  const reader = new JsonReader(json);
  const found: string[] = [];
  reader.array(() => found.push(reader.raw()));
  return found;
}
