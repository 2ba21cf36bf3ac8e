import type { ServerResponse } from 'node:http';
import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { type Engine, EngineError } from '../engine/engine.ts';
import type { Engines } from '../engine/engines.ts';
import { send } from '../http/reply.ts';
import { denialOf, type Principal } from '../iam/principal.ts';
import { forward, forwardWithArns } from './forward.ts';
import { describesTables, isSupported, type Operation, parseTarget } from './operations.ts';
import { requestedAccess } from './requested-access.ts';

/** What DynamoDB needs to know of a request that has been verified. */
export interface DynamoDbRequest {
  requestId: string;
  /** The `X-Amz-Target` header. */
  target: string | undefined;
  body: Uint8Array;
  region: string;
  principal: Principal;
}

/** A refusal with DynamoDB's own status and code. */
interface DynamoDbError {
  status: number;
  code: string;
  message: string;
}

/**
 * Answers one request to DynamoDB (or DynamoDB Streams): checks that the caller may do it, then lets the region's
 * engine do it.
 */
export async function answerDynamoDb(
  request: DynamoDbRequest,
  engines: Engines,
  response: ServerResponse,
): Promise<void> {
  const operation = parseTarget(request.target);
  if (!operation) return refuse(response, request, unknownOperation(request.target));
  const refusal = refusalOf(request, operation, engines);
  if (refusal) return refuse(response, request, refusal);
  try {
    await ask(await engines.of(request.region), request, operation, response);
  } catch (error) {
    // A client that went away is nobody to answer; an answer that has begun can only be cut short.
    if (response.headersSent || response.destroyed) response.destroy();
    else refuse(response, request, unavailable(error));
  }
}

async function ask(
  { http }: Engine,
  request: DynamoDbRequest,
  operation: Operation,
  response: ServerResponse,
): Promise<void> {
  const target = `${operation.api}.${operation.name}`;
  if (!describesTables(operation)) return forward(http, target, request.body, response);
  return forwardWithArns(http, target, request.body, request.region, response);
}

/** Why an operation is not done: it cannot be read, the caller may not, or the engine has no such thing. */
function refusalOf(request: DynamoDbRequest, operation: Operation, engines: Engines): DynamoDbError | undefined {
  const input = parseObject(request.body);
  if (!input) return { status: 400, code: 'SerializationException', message: 'The request body is no JSON object.' };
  const accesses = requestedAccess(operation.name, input, request.region);
  if (!accesses) {
    return {
      status: 400,
      code: 'ValidationException',
      message: `This ${operation.name} cannot be read, so nobody can tell whether it is allowed.`,
    };
  }
  for (const { action, resource } of accesses) {
    const denial = denialOf(request.principal, action, resource);
    if (denial !== undefined) return { status: 400, code: 'AccessDeniedException', message: denial };
  }
  return isSupported(engines.name, operation) ? undefined : unsupported(operation, engines);
}

function unsupported({ name }: Operation, engines: Engines): DynamoDbError {
  return {
    status: 400,
    code: 'UnknownOperationException',
    message: `${name} is not in this sandbox: its DynamoDB engine (${engines.name}) does not have it.`,
  };
}

function unknownOperation(target: string | undefined): DynamoDbError {
  const named = target === undefined ? 'The request has no X-Amz-Target header' : `There is no operation "${target}"`;
  return { status: 400, code: 'UnknownOperationException', message: `${named} in DynamoDB's API of 2012-08-10.` };
}

function unavailable(error: unknown): DynamoDbError {
  const reason =
    error instanceof EngineError ? error.message : "The sandbox's DynamoDB engine stopped while it worked.";
  return { status: 503, code: 'ServiceUnavailable', message: `${reason} It is started anew with the next request.` };
}

function refuse(response: ServerResponse, { requestId }: DynamoDbRequest, error: DynamoDbError): void {
  send(response, errorReply('awsJson1_0', { ...error, requestId }));
}

function parseObject(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
