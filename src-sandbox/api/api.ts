import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { awsErrorReply } from '../../src-shared/aws/error-shape.ts';
import { protocolOf } from '../../src-shared/aws/protocol.ts';
import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import { type ReadAuthorization, type Refused, readAuthorization } from '../../src-shared/sigv4/verify.ts';
import { answerDynamoDb } from '../dynamodb/dynamodb.ts';
import type { Engines } from '../engine/engines.ts';
import { send } from '../http/reply.ts';
import type { SandboxRequest } from '../http/request.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { answerSts } from '../sts/sts.ts';
import { type Payload, readPayload } from './payload.ts';
import { refused } from './refused.ts';
import { findSigner, verifySigned } from './verify.ts';

/** What the AWS APIs work with. */
export interface ApiContext {
  keys: AccessKeys;
  engines: Engines;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A request as it was signed, by somebody the sandbox knows. */
interface VerifiedRequest {
  ok: true;
  key: AccessKey;
  payload: Payload;
}

const servicesHere = new Set(['dynamodb', 'sts']);

/** Answers a request to an AWS API. Which service it is for, its credential scope says. */
export async function answerApi(request: SandboxRequest, context: ApiContext, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const read = readAuthorization(request.headers);
  const refuse = (reason: Refused, service?: string) => {
    const protocol = protocolOf(service, request);
    send(response, awsErrorReply(protocol, { ...reason, requestId }));
  };
  if (!read.ok) return refuse(read);
  const { service, region } = read.authorization.scope;
  const verified = await verify(request, read, context);
  if (!verified.ok) return refuse(verified, service);
  const { key, payload } = verified;
  switch (service) {
    case 'sts': {
      const reply = answerSts({ requestId, query: request.query, body: payload.body, caller: key }, context.keys);
      return send(response, reply);
    }
    case 'dynamodb': {
      const target = headerValue(request.headers, 'x-amz-target');
      const call = { requestId, target, body: payload.body, region, principal: key.principal };
      return answerDynamoDb(call, context.engines, response);
    }
    default:
      return refuse(refused('not_implemented', `This sandbox has DynamoDB and STS, but no ${service}.`), service);
  }
}

async function verify(
  request: SandboxRequest,
  read: ReadAuthorization,
  { keys, now }: ApiContext,
): Promise<VerifiedRequest | Refused> {
  const signer = findSigner(request, read, keys, now());
  if (!signer.ok) return signer;
  const payload = await readPayload(request, servicesHere.has(read.authorization.scope.service));
  if (!payload.ok) return payload;
  return verifySigned(request, read, signer.key, keys, payload.hash) ?? { ok: true, key: signer.key, payload };
}
