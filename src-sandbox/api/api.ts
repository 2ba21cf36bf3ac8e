import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { awsErrorReply } from '../../src-shared/aws/error-shape.ts';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { protocolOf } from '../../src-shared/aws/protocol.ts';
import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import { type ReadAuthorization, type Refused, readAuthorization } from '../../src-shared/sigv4/verify.ts';
import type { Engines } from '../engine/engines.ts';
import { send } from '../http/reply.ts';
import type { SandboxRequest } from '../http/request.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import type { LazyS3, S3Signature } from '../s3/lazy.ts';
import { likelyService } from './likely-service.ts';
import { type Payload, readPayload } from './payload.ts';
import { refused } from './refused.ts';
import { commonName, findService, isS3, servicesHere } from './services.ts';
import { findSigner, verifySigned } from './verify.ts';

/** What the AWS APIs work with. */
export interface ApiContext {
  keys: AccessKeys;
  engines: Engines;
  s3: LazyS3;
  /** `127.0.0.1:<port>` and the like. */
  ownHosts: readonly string[];
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A request as it was signed, by somebody the sandbox knows. */
interface VerifiedRequest {
  ok: true;
  key: AccessKey;
  payload: Payload;
}

/** Answers a request to an AWS API. Which service it is for, its credential scope says. */
export async function answerApi(request: SandboxRequest, context: ApiContext, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const read = readAuthorization(request.headers, request.query);
  const refuse = (reason: Refused, service?: string) => {
    const protocol = protocolOf(service, request);
    send(response, awsErrorReply(protocol, { ...reason, requestId }));
  };
  if (!read.ok) {
    const service = likelyService(request);
    const isAnonymous = read.refusal === 'missing_authentication' && isS3(service) && isAddressedHere(request, context);
    if (!isAnonymous) return refuse(read, service);
    return context.s3.answer({ requestId, request, signature: undefined }, response);
  }
  const { service, region } = read.authorization.scope;
  if (isS3(service)) {
    const signature = verifyHead(request, read, context);
    if (!signature.ok) return refuse(signature, service);
    return context.s3.answer({ requestId, request, signature }, response);
  }
  const verified = await verify(request, read, context);
  if (!verified.ok) return refuse(verified, service);
  const { key: caller, payload } = verified;
  const answer = findService(service);
  if (answer) return answer({ requestId, request, body: payload.body, region, caller }, context, response);
  refuse(refused('not_implemented', `This sandbox has ${servicesHere}, but no ${commonName(service)}.`), service);
}

/** A web page of another name that was made to point here (DNS rebinding) gets nothing that is not signed. */
function isAddressedHere({ headers }: SandboxRequest, { ownHosts }: ApiContext): boolean {
  const host = (headerValue(headers, 'host') ?? '').toLowerCase();
  return parseAwsHost(host) !== undefined || ownHosts.some((own) => host === own || host.endsWith(`.${own}`));
}

async function verify(
  request: SandboxRequest,
  read: ReadAuthorization,
  { keys, now }: ApiContext,
): Promise<VerifiedRequest | Refused> {
  const signer = findSigner(request, read, keys, now());
  if (!signer.ok) return signer;
  const payload = await readPayload(request, read, findService(read.authorization.scope.service) !== undefined);
  if (!payload.ok) return payload;
  return verifySigned(request, read, signer.key, keys, payload.hash) ?? { ok: true, key: signer.key, payload };
}

/**
 * Verifies a request to S3 before its body is read: its signature covers what it declares of the body, and whether
 * the body is as declared shows when it has been read.
 */
function verifyHead(
  request: SandboxRequest,
  read: ReadAuthorization,
  { keys, now }: ApiContext,
): S3Signature | Refused {
  const signer = findSigner(request, read, keys, now());
  if (!signer.ok) return signer;
  const declaredPayload = read.declaredPayload ?? (read.place === 'query' ? 'UNSIGNED-PAYLOAD' : undefined);
  if (declaredPayload === undefined) {
    return refused('invalid_request', 'Missing required header for this request: x-amz-content-sha256');
  }
  const problem = verifySigned(request, read, signer.key, keys, declaredPayload);
  return problem ?? { ok: true, key: signer.key, read, declaredPayload };
}
