import type { ServerResponse } from 'node:http';
import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { EngineError } from '../engine/engine.ts';
import type { Engines, RegionEngine } from '../engine/engines.ts';
import type { Statistics } from '../engine/statistics.ts';
import { send } from '../http/reply.ts';
import { denialOf, type Principal } from '../iam/principal.ts';
import { withSandboxArns } from './arns.ts';
import { type TableDescription, withStatistics } from './description.ts';
import { forward, forwardRewritten } from './forward.ts';
import { describesTables, engineLimit, type Operation, parseTarget } from './operations.ts';
import { requestedAccess } from './requested-access.ts';

/** What DynamoDB needs to know of a request that has been verified. */
export interface DynamoDbRequest {
  requestId: string;
  /** The `X-Amz-Target` header. */
  target: string | undefined;
  body: Buffer;
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
  let engine: RegionEngine;
  try {
    engine = await engines.of(request.region);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return refuse(response, request, unavailable(error.message));
  }
  try {
    await ask(engine, request, operation, response);
  } catch {
    // A client that went away is nobody to answer; an answer that has begun can only be cut short.
    if (response.headersSent || response.destroyed) return void response.destroy();
    void engines.discard(request.region, engine);
    refuse(response, request, unavailable(brokenOff));
  }
}

async function ask(
  { http, statistics }: RegionEngine,
  request: DynamoDbRequest,
  operation: Operation,
  response: ServerResponse,
): Promise<void> {
  const target = `${operation.api}.${operation.name}`;
  if (!describesTables(operation)) return forward(http, target, request.body, response);
  return forwardRewritten(http, target, request.body, response, (body) => {
    const ours = withSandboxArns(body, request.region);
    return operation.name === 'DescribeTable' ? withFigures(ours, statistics) : ours;
  });
}

function withFigures(body: Buffer, statistics: Statistics): Buffer {
  const answer = JSON.parse(body.toString()) as { Table: TableDescription };
  return Buffer.from(JSON.stringify({ ...answer, Table: withStatistics(answer.Table, statistics) }));
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
  const limit = engineLimit(engines.name, operation, request.body);
  return limit === undefined ? undefined : { status: 400, code: 'UnknownOperationException', message: limit };
}

function unknownOperation(target: string | undefined): DynamoDbError {
  const named = target === undefined ? 'The request has no X-Amz-Target header' : `There is no operation "${target}"`;
  return { status: 400, code: 'UnknownOperationException', message: `${named} in DynamoDB's API of 2012-08-10.` };
}

const brokenOff = "The sandbox's DynamoDB engine stopped while it worked. It is being started anew: try again.";

function unavailable(message: string): DynamoDbError {
  return { status: 503, code: 'ServiceUnavailable', message };
}

function refuse(response: ServerResponse, { requestId }: DynamoDbRequest, error: DynamoDbError): void {
  send(response, errorReply('awsJson1_0', { ...error, requestId }));
}

function parseObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
