import type { AwsCall, Header, IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import { headerNames } from '../../src-shared/http/header-names.ts';
import { unsignedPayload } from '../../src-shared/sigv4/payload-literals.ts';
import { withoutAuthParameters } from '../../src-shared/sigv4/presigned.ts';
import { equalSecrets, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import {
  checkClock,
  type ReadAuthorization,
  type Refused,
  readAuthorization,
  verifySignature,
} from '../../src-shared/sigv4/verify.ts';
import { endToEnd, namedByConnection } from './hop-by-hop.ts';
import type { FindKeyHolder, KeyHolder } from './key-holder.ts';
import type { GatewayLimits } from './limits.ts';
import { openPayload, type Payload } from './payload.ts';
import { RefusedRequest } from './refusal.ts';
import type { RequestBody } from './request-body.ts';
import { type Entry, targetHost } from './target-host.ts';

export interface Verification {
  findKeyHolder: FindKeyHolder;
  now: () => number;
  /** AWS's clock less this machine's, in milliseconds, as last seen. */
  upstreamOffset: () => number;
  limits: GatewayLimits;
}

/** A request that may be forwarded. */
export interface VerifiedRequest {
  call: AwsCall;
  /** Why its body broke off while it was being sent on, if that was the client's doing. */
  bodyFailure: Payload['failure'];
}

/** Headers that our own signature replaces. */
const isReplaced = headerNames(['authorization', 'x-amz-s3session-token', 'x-amz-security-token']);

/** Services whose presigned requests do not cover the body. */
const unsignedWhenPresigned = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts']);

/**
 * Checks that a request was signed with the local keys of an app session and says what it is a call for.
 *
 * @param source where the body comes from
 * @param onRead asks a client that waits for it (`Expect: 100-continue`) to send its body
 * @throws RefusedRequest with the reason
 */
export async function verifyRequest(
  request: Omit<IncomingAwsRequest, 'body'>,
  source: RequestBody,
  entry: Entry,
  requestId: string,
  { findKeyHolder, now, upstreamOffset, limits }: Verification,
  onRead: () => void,
): Promise<VerifiedRequest> {
  const read = must(explained(readAuthorization(request.headers, request.query), entry));
  const { scope, signedHeaders, signature } = read.authorization;
  const holder = requireHolder(read, findKeyHolder, now());
  requireKept(request.headers, signedHeaders);
  must(checkClock(read, now(), upstreamOffset()));
  const { host, region } = targetHost(entry, holder, scope, request);
  const opening = openPayload({
    source,
    headers: request.headers,
    declared: read.declaredPayload ?? assumedPayload(read),
    verify: (hash) => void must(verifySignature(request, read, holder.secretAccessKey, hash)),
    chunkSigning: () => ({
      key: signingKey(holder.secretAccessKey, scope),
      amzDate: read.amzDate,
      scope,
      seedSignature: signature,
    }),
    onRead,
    limits,
  });
  // Most bodies are there already, and a wait for what is there costs as much as reading it.
  const { body, hash, trailers, knownHash, failure } = opening instanceof Promise ? await opening : opening;
  const call: AwsCall = {
    requestId,
    appSessionId: holder.appSessionId,
    chainId: holder.chain?.id,
    method: request.method,
    path: request.path,
    query: read.place === 'query' ? withoutAuthParameters(request.query) : request.query,
    presignedFor: read.expires,
    headers: endToEnd(request.headers, isReplaced),
    signedHeaders,
    service: scope.service,
    region,
    host,
    payloadHash: hash,
    body,
    trailers,
    knownHash,
  };
  return { call, bodyFailure: failure };
}

/** A request that is not signed says nothing of where it is to go, so only the proxy can take it. */
function explained(read: ReadAuthorization | Refused, entry: Entry): ReadAuthorization | Refused {
  if (read.ok || read.refusal !== 'missing_authentication' || entry.mode === 'proxy') return read;
  const wayOut =
    'Requests without a signature work through the HTTPS proxy: here nothing says which host they are for.';
  return { ...read, message: `${read.message} ${wayOut}` };
}

/** @throws RefusedRequest unless the key is one of ours, its session goes on, and its token (if it has one) is there */
function requireHolder(read: ReadAuthorization, findKeyHolder: FindKeyHolder, now: number): KeyHolder {
  const { accessKeyId } = read.authorization;
  const holder = findKeyHolder(accessKeyId);
  if (!holder) {
    const kept =
      read.securityToken === undefined
        ? ''
        : ' If a tool has kept it for a role that it assumed, clear that tool’s cache.';
    const message = `${accessKeyId.slice(0, 128)} is not an access key of Rolegate. Copy the settings again from Connect.`;
    throw new RefusedRequest('unknown_access_key', `${message}${kept}`);
  }
  if (holder.endedBecause !== undefined) {
    const why = `The session with this IAM role has ended: ${holder.endedBecause}`;
    throw new RefusedRequest('expired_token', `${why} Start it again in Rolegate, if you still have the role.`);
  }
  if (holder.expiresAt <= now) {
    const over = holder.chain
      ? 'The credentials of the chained role have expired.'
      : 'The session with this IAM role is over.';
    const advice = holder.chain ? 'Assume the role again.' : 'Start it again in Rolegate.';
    throw new RefusedRequest('expired_token', `${over} ${advice}`);
  }
  // Beside plain local keys some tools send a made-up token, which is dropped; that of virtual credentials is part of them.
  if (holder.chain && !equalSecrets(read.securityToken ?? '', holder.chain.sessionToken)) {
    throw new RefusedRequest('unknown_access_key', 'The security token included in the request is invalid.');
  }
  return holder;
}

/**
 * Whoever could name signed headers in `Connection` could have them taken away on the way, a condition for instance.
 *
 * @throws RefusedRequest where it names one
 */
function requireKept(headers: readonly Header[], signedHeaders: readonly string[]): void {
  for (const name of namedByConnection(headers)) {
    if (!signedHeaders.includes(name)) continue;
    throw new RefusedRequest('invalid_request', `The Connection header names ${name}, which the signature covers.`);
  }
}

function assumedPayload({ place, authorization }: ReadAuthorization): string | undefined {
  return place === 'query' && unsignedWhenPresigned.has(authorization.scope.service) ? unsignedPayload : undefined;
}

function must<Result>(result: Result | Refused): Exclude<Result, Refused> {
  if (typeof result === 'object' && result !== null && 'ok' in result && result.ok === false) {
    const { refusal, message } = result as Refused;
    throw new RefusedRequest(refusal, message);
  }
  return result as Exclude<Result, Refused>;
}
