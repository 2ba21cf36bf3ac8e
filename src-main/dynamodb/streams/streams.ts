import { randomBytes } from 'node:crypto';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { CallInput, CallOutput } from '../../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { toAwsError } from '../client.ts';
import type { ForwardCall } from '../request-handler.ts';
import { type AskedAt, sessionClients } from '../session-clients.ts';
import { createStreamsClient, streamSource } from './source.ts';
import { Tail } from './tail.ts';

/** Following the streams of tables. */
export interface Streams {
  open(input: CallInput<'streams.open'>): Promise<CallOutput<'streams.open'>>;
  next(input: CallInput<'streams.next'>): Promise<CallOutput<'streams.next'>>;
  close(input: CallInput<'streams.close'>): void;
}

export interface StreamsOptions {
  forwardFor: (appSessionId: string) => ForwardCall;
  /** DescribeTable's answer. */
  describe: (input: AskedAt & { table: string }) => Promise<TableDescription>;
  now?: () => number;
}

/** Who forgets to close one costs a few places in shards; the one that was asked longest ago goes. */
const mostTails = 20;

/** Makes the use cases of following streams. What they throw is a RolegateError. */
export function createStreams({ forwardFor, describe, now = Date.now }: StreamsOptions): Streams {
  const clientFor = sessionClients(forwardFor, createStreamsClient);
  const tails = new Map<string, Tail>();

  return {
    async open({ table, from, ...where }) {
      const { StreamSpecification: specification, LatestStreamArn: arn } = await describe({ ...where, table });
      if (!specification?.StreamEnabled || arn === undefined) return { kind: 'off' };
      const tail = new Tail(streamSource(await clientFor(where), arn), now);
      await tail.open(from).catch(asStreamError);
      const tailId = randomBytes(12).toString('base64url');
      tails.set(tailId, tail);
      const [oldest] = tails.keys();
      if (tails.size > mostTails && oldest !== undefined) tails.delete(oldest);
      return { kind: 'open', tailId, view: specification.StreamViewType ?? 'KEYS_ONLY' };
    },

    async next({ tailId }) {
      const tail = tails.get(tailId);
      if (!tail) throw new RolegateError('not_found', 'This stream is not being followed any more.');
      tails.delete(tailId);
      tails.set(tailId, tail);
      return tail.next().catch(asStreamError);
    },

    close: ({ tailId }) => void tails.delete(tailId),
  };
}

function asStreamError(thrown: unknown): never {
  const error = toAwsError(thrown, 'DynamoDB Streams');
  if (error.code !== 'access_denied') throw error;
  throw new RolegateError('access_denied', error.message, {
    awsCode: error.awsCode,
    requestId: error.requestId,
    hint: 'Following a stream takes dynamodb:DescribeStream, dynamodb:GetShardIterator and dynamodb:GetRecords on it.',
    cause: thrown,
  });
}
