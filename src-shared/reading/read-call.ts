import type { ReadRequest } from '../contracts/table-reading.ts';
import { conditionText, filterText } from './expressions.ts';
import { Placeholders } from './placeholders.ts';

/** A request to DynamoDB, as it will be sent: plain fields, and DynamoDB JSON texts, which nobody parses on the way. */
export interface ReadCall {
  operation: ReadRequest['operation'];
  fields: Record<string, string | number | boolean | Record<string, string>>;
  texts: { Key?: string; ExpressionAttributeValues?: string; ExclusiveStartKey?: string };
}

/** Which part of the answer is wanted. */
export interface PageWanted {
  startKey?: string | undefined;
  limit?: number | undefined;
}

/** What DynamoDB is to be asked for a page. Pure; main sends it and the window shows it. */
export function readCall(table: string, request: ReadRequest, { startKey, limit }: PageWanted = {}): ReadCall {
  const { operation, index, key, filter, projection, consistent, descending, countOnly } = request;
  const placeholders = new Placeholders();
  const fields: ReadCall['fields'] = { TableName: table };
  const texts: ReadCall['texts'] = {};
  if (operation === 'GetItem') {
    texts.Key = `{${key.map(({ path, values }) => `${JSON.stringify(path[0])}:${values[0] ?? ''}`).join(',')}}`;
  } else {
    if (index !== undefined) fields['IndexName'] = index;
    if (operation === 'Query') {
      fields['KeyConditionExpression'] = key.map((one) => conditionText(one, placeholders)).join(' AND ');
      if (descending) fields['ScanIndexForward'] = false;
    }
    const filterExpression = filter && filterText(filter, placeholders);
    if (filterExpression !== undefined) fields['FilterExpression'] = filterExpression;
    if (countOnly) fields['Select'] = 'COUNT';
    if (limit !== undefined) fields['Limit'] = limit;
    if (startKey !== undefined) texts.ExclusiveStartKey = startKey;
  }
  if (projection.length > 0 && !countOnly) {
    fields['ProjectionExpression'] = projection.map((path) => placeholders.path(path)).join(', ');
  }
  if (consistent) fields['ConsistentRead'] = true;
  const names = placeholders.names();
  if (names) fields['ExpressionAttributeNames'] = names;
  const values = placeholders.values();
  if (values !== undefined) texts.ExpressionAttributeValues = values;
  return { operation, fields: { ...fields, ReturnConsumedCapacity: 'TOTAL' }, texts };
}
