import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import type { Pool } from 'undici';
import { engineHeaders } from '../engine/ask.ts';

/** Headers of an engine's answer that are DynamoDB's; the others speak of the engine and its connection. */
const answerHeaders = ['content-type', 'content-length', 'x-amzn-requestid', 'x-amz-crc32'];

type IncomingHeaders = Record<string, string | string[] | undefined>;

/**
 * Hands a request to an engine and streams the answer back unchanged.
 *
 * @throws when the engine breaks off; by then the answer may have begun
 */
export async function forward(engine: Pool, target: string, body: Uint8Array, response: ServerResponse): Promise<void> {
  await engine.stream(requestTo(target, body), ({ statusCode, headers }) => {
    response.writeHead(statusCode, kept(headers));
    return response;
  });
}

/**
 * Like {@link forward}, for small answers that the sandbox knows better.
 *
 * @param rewrite makes the answer's body what it should be
 */
export async function forwardRewritten(
  engine: Pool,
  target: string,
  body: Uint8Array,
  response: ServerResponse,
  rewrite: (body: Buffer) => Buffer,
): Promise<void> {
  const answer = await engine.request(requestTo(target, body));
  const original = Buffer.from(await answer.body.arrayBuffer());
  const rewritten = answer.statusCode === 200 ? rewrite(original) : original;
  response.writeHead(answer.statusCode, {
    ...kept(answer.headers),
    'content-length': String(rewritten.length),
    // DynamoDB's checksum, which some SDKs check.
    'x-amz-crc32': String(crc32(rewritten)),
  });
  response.end(rewritten);
}

function requestTo(target: string, body: Uint8Array) {
  return { method: 'POST', path: '/', headers: { ...engineHeaders, 'x-amz-target': target }, body } as const;
}

function kept(headers: IncomingHeaders): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of answerHeaders) {
    const value = headers[name];
    if (typeof value === 'string') result[name] = value;
  }
  return result;
}
