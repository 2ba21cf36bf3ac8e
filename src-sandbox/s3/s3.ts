import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { partitionById } from '../../src-shared/aws/partitions.ts';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { accountId, homeRegion } from '../iam/account.ts';
import { accessOf } from './access.ts';
import { addressOf, readable, type S3Address, targetOf } from './address.ts';
import { isForExpress, regionOf } from './buckets.ts';
import { accessDenied, noSuchBucket, notImplemented, S3Error } from './errors.ts';
import { type Operation, operationOf } from './operations.ts';
import { headersOf, parametersIn, type S3Call, type S3Context, type S3Reply, type S3Request } from './request.ts';
import type { Bucket } from './store/types.ts';

const regions = new Set(partitionById('aws')?.regions);

/**
 * Answers one request to S3. Where to look:
 *
 *     address.ts      which bucket and key host and path name
 *     operations.ts   which operation it is, and what that takes in IAM
 *     access.ts       who may do it
 *     receive.ts      the payload, in whichever way it is sent and signed
 *     store/          what is kept, and where
 *     the others      the operations, one file for each kind
 *
 * @throws what is a fault of the sandbox itself
 */
export async function answerS3(call: S3Call, context: S3Context, response: ServerResponse): Promise<void> {
  let reply: S3Reply;
  try {
    reply = await answer(call, context);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    reply = refusal(error, call.requestId);
  }
  await send(reply, call, response);
}

async function answer(call: S3Call, context: S3Context): Promise<S3Reply> {
  const { method, path, query, headers } = call.request;
  const header = headersOf(headers);
  const address = addressOf(header('host') ?? '');
  if (!address) throw notImplemented(`What ${header('host')} stands for (access points, S3 Control, …)`);
  const isExpress = call.signature?.read.authorization.scope.service === 's3express';
  const target = targetOf(address, isExpress ? withoutEmptySegment(path, address) : path);
  if (!target) throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  const access = accessOf(call.signature);
  const request: S3Request = { ...call, method, headers, header, target, access, parameters: parametersIn(query) };
  return run(operationOf(request), request, address, context);
}

/** AWS's own JavaScript client writes `/bucket//key` where an address is S3 Express's endpoint. */
function withoutEmptySegment(path: string, { hostBucket }: S3Address): string {
  return hostBucket === undefined ? path.replace(/^(\/[^/]+)\/\//, '$1/') : path;
}

async function run(operation: Operation, request: S3Request, address: S3Address, context: S3Context): Promise<S3Reply> {
  const { target, access } = request;
  const signedFor = regionOf(request);
  if (signedFor !== undefined && !regions.has(signedFor)) {
    const bucket = target.bucket === undefined ? undefined : context.store.buckets.find(target.bucket);
    throw wrongRegion(request, signedFor, bucket?.region ?? homeRegion);
  }
  if (operation.about === 'account') {
    if (operation.action !== undefined) access.require(accountAction(operation.action, request), undefined);
    return operation.run(request, context);
  }
  const name = target.bucket ?? '';
  const bucket = context.store.buckets.find(name);
  if (!bucket || (bucket.kind === 'directory') !== isForExpress(request)) throw noSuchBucket(readable(name));
  checkOwner(request);
  checkRegion(bucket, request, address);
  if (operation.about === 'bucket') {
    if (operation.action !== undefined) access.require(operation.action, bucket);
    return operation.run({ ...request, bucket }, context);
  }
  const key = target.key ?? '';
  access.require(operation.action, bucket, key);
  return operation.run({ ...request, bucket, key }, context);
}

/** To list directory buckets is another action. */
function accountAction(action: string, request: S3Request): string {
  return isForExpress(request) ? 's3express:ListAllMyDirectoryBuckets' : action;
}

function checkOwner({ header }: S3Request): void {
  const expected = header('x-amz-expected-bucket-owner');
  if (expected !== undefined && expected !== accountId) throw accessDenied();
}

/**
 * A bucket is asked for in its own region. Clients that come to another one are told where to go, in the words that
 * they know. Source: Amazon S3 User Guide, "Making requests" (redirects and request routing).
 *
 * @throws S3Error `PermanentRedirect`, `AuthorizationHeaderMalformed` and the like
 */
function checkRegion(bucket: Bucket, request: S3Request, { region: hostRegion }: S3Address): void {
  const { region } = bucket;
  if (hostRegion !== undefined && hostRegion !== region) {
    const endpoint = `${bucket.name}.s3.${region}.amazonaws.com`;
    throw new S3Error(
      301,
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      [
        ['Endpoint', endpoint],
        ['Bucket', bucket.name],
      ],
      [['x-amz-bucket-region', region]],
    );
  }
  const signedFor = regionOf(request);
  if (signedFor === undefined || signedFor === region || request.parameters.has('location')) return;
  throw wrongRegion(request, signedFor, region);
}

function wrongRegion(request: S3Request, signedFor: string, region: string): S3Error {
  const isInQuery = request.signature?.read.place === 'query';
  return new S3Error(
    400,
    isInQuery ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed',
    `${isInQuery ? 'Error parsing the X-Amz-Credential parameter' : 'The authorization header is malformed'}; ` +
      `the region '${signedFor}' is wrong; expecting '${region}'`,
    [['Region', region]],
    [['x-amz-bucket-region', region]],
  );
}

function refusal({ status, code, message, elements, headers }: S3Error, requestId: string): S3Reply {
  const shaped = errorReply('s3', { status, code, message, requestId, elements });
  return { status, headers: [...shaped.headers, ...headers], body: Buffer.from(shaped.body).toString() };
}

/**
 * What S3 itself does not say: an object is no page of this address, which the console answers at as well. A browser
 * that opens one runs nothing of it and gives it no access to the console's pages.
 */
const untrusted: readonly Header[] = [
  ['Content-Security-Policy', "default-src 'none'; sandbox"],
  ['X-Content-Type-Options', 'nosniff'],
];

async function send({ status, headers, body }: S3Reply, call: S3Call, response: ServerResponse): Promise<void> {
  const own: Header[] = [
    ['x-amz-request-id', call.requestId],
    ['x-amz-id-2', Buffer.from(`rolegate sandbox ${call.requestId}`).toString('base64')],
    ...untrusted,
  ];
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const all = [...headers, ...own.filter(([name]) => !named.has(name))];
  if (typeof body === 'string' || body === undefined) {
    const isEmpty = body === undefined || call.request.method === 'HEAD';
    const needsLength = !named.has('content-length') && status !== 204 && status !== 304;
    if (needsLength) all.push(['Content-Length', String(Buffer.byteLength(body ?? ''))]);
    response.writeHead(status, all.flat());
    response.end(isEmpty ? undefined : body);
    return;
  }
  response.writeHead(status, all.flat());
  // A client that goes away in the middle is nobody to answer.
  await pipeline(body, response).catch(() => response.destroy());
}
