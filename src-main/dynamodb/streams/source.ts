import type { DynamoDBStreamsClient, GetRecordsCommandOutput } from '@aws-sdk/client-dynamodb-streams';
import { clientConfig } from '../client.ts';
import { jsonObject, rawExchange } from '../raw-exchange.ts';
import type { ForwardCall } from '../request-handler.ts';
import { replyRecords } from './reply-records.ts';
import type { Shard, ShardPlace, StreamSource } from './tail.ts';

/** A client of DynamoDB Streams: a service of its own at a host of its own, which signs as `dynamodb`. */
export async function createStreamsClient(forward: ForwardCall, region: string): Promise<DynamoDBStreamsClient> {
  const { DynamoDBStreamsClient: Client } = await import('@aws-sdk/client-dynamodb-streams');
  return new Client(clientConfig(forward, { service: 'dynamodb', region }));
}

/** A stream, asked through a client. */
export function streamSource(client: DynamoDBStreamsClient, arn: string): StreamSource {
  const sdk = import('@aws-sdk/client-dynamodb-streams');
  return {
    async shards() {
      const { DescribeStreamCommand } = await sdk;
      const shards: Shard[] = [];
      let after: string | undefined;
      do {
        const answer = await client.send(
          new DescribeStreamCommand({
            StreamArn: arn,
            ...(after !== undefined && { ExclusiveStartShardId: after }),
          }),
        );
        const { Shards: page = [], LastEvaluatedShardId: last } = answer.StreamDescription ?? {};
        for (const { ShardId: id = '', ParentShardId: parent, SequenceNumberRange: range } of page) {
          shards.push({ id, parent, isClosed: range?.EndingSequenceNumber !== undefined });
        }
        after = last;
      } while (after !== undefined);
      return shards;
    },

    async iterator(shardId, place) {
      const { GetShardIteratorCommand } = await sdk;
      const answer = await client.send(
        new GetShardIteratorCommand({ StreamArn: arn, ShardId: shardId, ...iteratorAt(place) }),
      );
      return answer.ShardIterator ?? '';
    },

    async records(iterator, limit) {
      const { GetRecordsCommand } = await sdk;
      const input = { ShardIterator: iterator, Limit: limit };
      const command = new GetRecordsCommand(input);
      const { plugin, reply } = rawExchange<typeof input, GetRecordsCommandOutput>(jsonObject(input, {}));
      command.middlewareStack.use(plugin as never);
      await client.send(command);
      return replyRecords(reply());
    },
  };
}

function iteratorAt(place: ShardPlace) {
  if (place === 'latest') return { ShardIteratorType: 'LATEST' } as const;
  if (place === 'oldest') return { ShardIteratorType: 'TRIM_HORIZON' } as const;
  return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place.after } as const;
}
