import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Less than this is what answers differ by anyway: their `Date` has no parts of a second, and they take a while. */
const tolerated = 2_000;

/**
 * The time by the table's clock, which is one for all replicas: what has changed is found by when it did, and a
 * replica whose own clock goes wrong would write changes that others take for old ones. It is told by the `Date` of
 * each answer (RFC 9110 §6.6.1); until there is one, or where an emulator sends none, it is this machine's.
 */
export function tableClock(client: DynamoDBClient, now: () => number): () => number {
  let offset = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const found = Date.parse(headers?.['date'] ?? '') - now();
      if (Math.abs(found - offset) > tolerated) offset = found;
      return result;
    },
    { step: 'deserialize', name: 'tableClock', override: true },
  );
  return () => now() + offset;
}
