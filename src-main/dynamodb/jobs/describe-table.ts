import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { toDynamoDbError } from '../client.ts';
import { toTableDetails } from '../table-details.ts';
import { type Ask, AwsFailure } from './ask.ts';

/** What DynamoDB says of a table, and the id that tells it from another of the same name. @throws RolegateError */
export async function describeTable(
  ask: Ask,
  table: string,
): Promise<{ details: TableDetails; tableId: string | undefined }> {
  try {
    const text = await ask('DescribeTable', JSON.stringify({ TableName: table }), new AbortController().signal);
    const { Table: description } = JSON.parse(text) as { Table: TableDescription };
    // Times are numbers on the wire; nothing here needs them.
    const { CreationDateTime: _, ...rest } = description;
    return { details: toTableDetails(rest), tableId: description.TableId };
  } catch (error) {
    throw error instanceof AwsFailure ? toDynamoDbError(error) : error;
  }
}
