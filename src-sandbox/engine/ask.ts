import type { Pool } from 'undici';

/**
 * Headers that engines want to see on a request before they look at it: the form of a signature. They check none,
 * and the client's own never goes on to them.
 */
export const engineHeaders: Readonly<Record<string, string>> = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20120810T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=sandbox/20120810/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/**
 * Asks an engine something on the sandbox's own behalf.
 *
 * @param operation such as `ListTables`
 * @returns the answer's JSON
 * @throws when the engine answers with an error
 */
export async function askEngine(http: Pool, operation: string, input: unknown): Promise<unknown> {
  const reply = await http.request({
    method: 'POST',
    path: '/',
    headers: { ...engineHeaders, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(input),
  });
  const text = await reply.body.text();
  if (reply.statusCode !== 200) throw new Error(`${operation} failed: ${text.slice(0, 500)}`);
  return JSON.parse(text) as unknown;
}
