import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { pageOf } from '../api/pages.ts';
import { ServiceError } from '../api/query-protocol.ts';
import type { ServiceCall } from '../api/service-call.ts';
import type { Reply } from '../http/reply.ts';
import { denialOf } from '../iam/principal.ts';
import { describeFunction, functionArn, functions, type LambdaFunction } from './functions.ts';

/** The longest event of a function that is invoked, in bytes. */
const maxEventBytes = 6 * 1024 * 1024;
const defaultPageSize = 50;
const functionsPath = '/2015-03-31/functions';

/** Answers one request to Lambda: ListFunctions, GetFunction and Invoke. Source: AWS Lambda API Reference. */
export function answerLambda(call: ServiceCall): Reply {
  try {
    return answer(call);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { status, code, message } = error;
    return errorReply('restJson', { status, code, message, requestId: call.requestId });
  }
}

function answer(call: ServiceCall): Reply {
  const { method, path } = call.request;
  const [, name, rest = ''] = /^\/2015-03-31\/functions\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (method === 'GET' && name === undefined && path.replace(/\/$/, '') === functionsPath) return listFunctions(call);
  if (method === 'GET' && name !== undefined && rest === '') return getFunction(call, name);
  if (method === 'POST' && name !== undefined && rest === '/invocations') return invoke(call, name);
  throw new ServiceError(
    404,
    'UnknownOperationException',
    `There is no operation ${method} ${path.slice(0, 200)}. This sandbox has ListFunctions, GetFunction and Invoke.`,
  );
}

function listFunctions(call: ServiceCall): Reply {
  requirePermission(call, 'lambda:ListFunctions', '*');
  const query = new URLSearchParams(call.request.query);
  const size = Number(query.get('MaxItems') ?? defaultPageSize);
  if (!Number.isInteger(size) || size < 1) {
    throw new ServiceError(400, 'InvalidParameterValueException', 'MaxItems must be a number from 1 on.');
  }
  const { items, next } = pageOf(functions, Math.min(size, defaultPageSize), query.get('Marker'));
  return json(call, 200, { NextMarker: next, Functions: items.map((one) => describeFunction(one, call.region)) });
}

function getFunction(call: ServiceCall, encodedName: string): Reply {
  const found = permitted(call, 'lambda:GetFunction', encodedName);
  const Configuration = describeFunction(found, call.region);
  return json(call, 200, { Configuration, Code: { RepositoryType: 'S3' }, Tags: {} });
}

function invoke(call: ServiceCall, encodedName: string): Reply {
  const found = permitted(call, 'lambda:InvokeFunction', encodedName);
  if (call.body.length > maxEventBytes) {
    throw new ServiceError(
      413,
      'RequestTooLargeException',
      `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`,
    );
  }
  const event = eventOf(call.body);
  const version: Header = ['X-Amz-Executed-Version', '$LATEST'];
  switch (headerValue(call.request.headers, 'x-amz-invocation-type') ?? 'RequestResponse') {
    case 'DryRun':
      return json(call, 204, undefined);
    case 'Event':
      return json(call, 202, undefined);
    case 'RequestResponse':
      break;
    default:
      throw new ServiceError(400, 'InvalidParameterValueException', 'This X-Amz-Invocation-Type is none.');
  }
  try {
    return json(call, 200, found.run(event) ?? null, [version]);
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return json(call, 200, { errorType, errorMessage }, [version, ['X-Amz-Function-Error', 'Unhandled']]);
  }
}

function eventOf(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw new ServiceError(400, 'InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

/** The function that a path names (by name or ARN), if the caller may do this with it. */
function permitted(call: ServiceCall, action: string, encodedName: string): LambdaFunction {
  const named = decodeURIComponentOrSame(encodedName);
  const prefix = functionArn(call.region, '');
  const name = named.startsWith(prefix) ? named.slice(prefix.length) : named;
  const arn = functionArn(call.region, name);
  requirePermission(call, action, arn);
  const found = functions.find((candidate) => candidate.name === name);
  if (found) return found;
  throw new ServiceError(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
}

function requirePermission({ caller }: ServiceCall, action: string, resource: string): void {
  const denial = denialOf(caller.principal, action, resource);
  if (denial !== undefined) throw new ServiceError(403, 'AccessDeniedException', denial);
}

function decodeURIComponentOrSame(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function json({ requestId }: ServiceCall, status: number, body: unknown, more: readonly Header[] = []): Reply {
  return {
    status,
    headers: [['Content-Type', 'application/json'], ['x-amzn-RequestId', requestId], ...more],
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
