import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { answerExports } from './answer-exports.ts';

/** The baseline: what one would write with the AWS SDK, a scan in four segments, each item a line. */
const [endpoint = '', table = ''] = process.argv.slice(2);
const segments = 4;
const client = new DynamoDBClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});

answerExports(async (path) => {
  const file = createWriteStream(path);
  const scan = async (segment: number) => {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: table,
          Segment: segment,
          TotalSegments: segments,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      const lines = (page.Items ?? []).map((item) => `${JSON.stringify({ Item: item })}\n`).join('');
      if (!file.write(lines)) await once(file, 'drain');
      start = page.LastEvaluatedKey;
    } while (start);
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => scan(segment)));
  file.end();
  await once(file, 'close');
});
