import type { IncomingMessage } from 'node:http';
import {
  type AwsCall,
  type Header,
  headerValue,
  type IncomingAwsRequest,
} from '../../src-shared/contracts/aws-call.ts';
import { checkClock, type Refused, readAuthorization, verifySignature } from '../../src-shared/sigv4/verify.ts';
import type { FindKeyHolder } from './local-keys.ts';
import { readPayload } from './payload.ts';
import { RefusedRequest } from './refusal.ts';
import { type Entry, targetHost } from './target-host.ts';

export interface Verification {
  findKeyHolder: FindKeyHolder;
  now: () => number;
  /** AWS's clock less this machine's, in milliseconds, as last seen. */
  upstreamOffset: () => number;
}

/** Headers of this connection only (RFC 9110 §7.6.1), and those that our own signature replaces. */
const notForwarded = new Set([
  'authorization',
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amz-security-token',
]);

/**
 * Checks that a request was signed with the local keys of an app session and says what it is a call for.
 *
 * @param message where the body comes from
 * @throws RefusedRequest with the reason
 */
export async function verifyRequest(
  request: Omit<IncomingAwsRequest, 'body'>,
  message: IncomingMessage,
  entry: Entry,
  requestId: string,
  { findKeyHolder, now, upstreamOffset }: Verification,
): Promise<AwsCall> {
  const read = must(readAuthorization(request.headers));
  const { authorization } = read;
  const holder = findKeyHolder(authorization.accessKeyId);
  if (!holder) {
    throw new RefusedRequest(
      'unknown_access_key',
      `${authorization.accessKeyId.slice(0, 128)} is not an access key of Rolegate. Copy the settings again from Connect.`,
    );
  }
  if (holder.expiresAt <= now()) {
    throw new RefusedRequest('expired_token', 'The session with this IAM role is over. Start it again in Rolegate.');
  }
  must(checkClock(read, now(), upstreamOffset()));
  const host = targetHost(entry, authorization.scope, request.headers);
  const { body, hash } = await readPayload(message, headerValue(request.headers, 'x-amz-content-sha256'));
  must(verifySignature(request, read, holder.secretAccessKey, hash));
  return {
    requestId,
    appSessionId: holder.appSessionId,
    method: request.method,
    path: request.path,
    query: request.query,
    headers: request.headers.filter(([name]) => !notForwarded.has(name.toLowerCase())),
    signedHeaders: authorization.signedHeaders,
    service: authorization.scope.service,
    region: authorization.scope.region,
    host,
    payloadHash: hash,
    body,
  };
}

/** Node's view of a request as the raw thing it was: headers in order, path and query apart. */
export function toIncoming(message: IncomingMessage): Omit<IncomingAwsRequest, 'body'> {
  const headers: Header[] = [];
  const raw = message.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i] ?? '', raw[i + 1] ?? '']);
  const url = message.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: message.method ?? '',
    path: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    headers,
  };
}

function must<Result>(result: Result | Refused): Exclude<Result, Refused> {
  if (typeof result === 'object' && result !== null && 'ok' in result && result.ok === false) {
    const { refusal, message } = result as Refused;
    throw new RefusedRequest(refusal, message);
  }
  return result as Exclude<Result, Refused>;
}
