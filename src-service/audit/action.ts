import { servicesAt } from '../../src-shared/aws/host-services.ts';
import { type AwsHost, parseAwsHost } from '../../src-shared/aws/hosts.ts';
import type { RestRequest } from '../../src-shared/aws/path-index.ts';
import { targetOf } from '../../src-shared/aws/routes.ts';
import { isS3Name, parseS3Host, type S3Host } from '../../src-shared/aws/s3-hosts.ts';
import { type Service, serviceById, servicesSignedAs } from '../../src-shared/aws/services.ts';
import { tenantService } from '../../src-shared/aws/tenants.ts';
import { agentName, servicesInUserAgent } from '../../src-shared/aws/user-agent.ts';
import { type AwsCall, type Body, type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { headerNames } from '../../src-shared/http/header-names.ts';
import { formValues } from './form.ts';
import { iamAction } from './iam-names.ts';
import { operationsOf } from './operations.ts';
import { inPathStyle } from './s3-path.ts';

/** What of a call tells its action. */
export type ActionCall = Pick<AwsCall, 'service' | 'host' | 'method' | 'path' | 'query' | 'headers' | 'body'>;

/**
 * The action of a call, as IAM policies write it: `dynamodb:GetItem`, `s3:PutObject`, `lambda:InvokeFunction`. It is
 * the operation that AWS will see, whatever else the request pretends: a request that names two is named by none.
 *
 * Operations of REST services are known once `loadOperations` is done.
 *
 * @returns undefined where it cannot be told. Never throws, and takes no longer for many operations than for few.
 */
export function actionOf(call: ActionCall): string | undefined {
  if (repeatsWhatDecides(call.headers)) return undefined;
  const host = parseAwsHost(call.host);
  const service = call.service.toLowerCase();
  const ofTenant = host && tenantAction(host, service, call.method);
  if (ofTenant) return ofTenant;
  if (isS3Name(service)) return named(service, s3Operation(host, call));
  const there = host ? servicesAt(host, service) : [];
  const services = there.length > 0 ? there : servicesSignedAs(service);
  return named(services[0]?.signingName ?? service, operationOf(services, call));
}

/**
 * The action of an operation that a request has named, where services of this signing name have their operations named.
 *
 * @returns undefined for services that are asked by method and path
 */
export function actionNamed(service: string, operation: string): string | undefined {
  const services = servicesSignedAs(service.toLowerCase());
  const isNamed = services.some(({ protocols }) => protocols.some((protocol) => !protocol.startsWith('rest-')));
  return isNamed ? named(services[0]?.signingName ?? service, operation) : undefined;
}

/** The headers by which AWS tells operations apart. Which of two it would go by is anyone's guess. */
const isDeciding = headerNames(['content-type', 'smithy-protocol', 'x-amz-copy-source', 'x-amz-target']);

function repeatsWhatDecides(headers: readonly Header[]): boolean {
  const seen: string[] = [];
  for (const [name] of headers) {
    if (!isDeciding(name)) continue;
    const key = name.toLowerCase();
    if (seen.includes(key)) return true;
    seen.push(key);
  }
  return false;
}

function named(signingName: string, operation: string | undefined): string | undefined {
  return operation !== undefined && serviceName.test(signingName) ? iamAction(signingName, operation) : undefined;
}

/** What is asked of a customer's own API, function or domain. Source: Service Authorization Reference. */
function tenantAction(host: AwsHost, service: string, method: string): string | undefined {
  if (!tenantService(host)?.signingNames.includes(service)) return undefined;
  switch (service) {
    case 'execute-api':
    case 'vpc-lattice-svcs':
      return `${service}:Invoke`;
    case 'lambda':
      return 'lambda:InvokeFunctionUrl';
    case 'appsync':
      return 'appsync:GraphQL';
    case 'aoss':
      return 'aoss:APIAccessAll';
    case 'osis':
      return 'osis:Ingest';
    case 'es':
      return /^[A-Z]{3,7}$/.test(method) ? `es:ESHttp${method.charAt(0)}${method.slice(1).toLowerCase()}` : undefined;
    default:
      return undefined;
  }
}

function operationOf(services: readonly Service[], call: ActionCall): string | undefined {
  const rest = services.filter(speaksRest);
  if (rest.length === 0) return namedOperation(services, call);
  // Where REST and an RPC protocol share a host (SES), requests to the root are of the latter.
  const isRpc = rest.length < services.length && (call.path === '/' || targetOf(call) !== undefined);
  return isRpc ? namedOperation(services, call) : restOperation(rest, call);
}

function speaksRest({ protocols }: Service): boolean {
  return protocols.some((protocol) => protocol.startsWith('rest-'));
}

function restOperation(services: readonly Service[], call: RestRequest): string | undefined {
  const found = services.flatMap((service) => restNames(service, call).map((name) => ({ service, name })));
  if (new Set(found.map(({ name }) => name)).size <= 1) return found[0]?.name;
  const agents = servicesInUserAgent(call.headers);
  const named = found.filter(({ service }) => agents.includes(agentName(service.id)));
  return named.length === 1 ? named[0]?.name : undefined;
}

function restNames(service: Service, request: RestRequest): readonly string[] {
  const index = operationsOf(service.id);
  const found = index?.find(request) ?? [];
  if (found.length > 0 || service.proxyOnly !== 'path') return found;
  // Its endpoint has a path of its own before those of the operations: /v2.
  return index?.find({ ...request, path: request.path.replace(/^\/v\d+(?=\/)/, '') }) ?? [];
}

function s3Operation(host: AwsHost | undefined, call: ActionCall): string | undefined {
  const s3 = host && parseS3Host(host);
  const control = s3ControlService(s3, call.path);
  if (control) return restOperation([control], call);
  const names = operationsOf('s3')?.find(inPathStyle(call, s3)) ?? [];
  if (names.length <= 1) return names[0];
  // Two operations are GET / alone: the list of buckets, and that of the directory buckets.
  const directories = call.service.toLowerCase() === 's3express';
  return names.find((name) => name === (directories ? 'ListDirectoryBuckets' : 'ListBuckets'));
}

/** The service that manages S3 itself, where a request is for it and not for buckets and objects. */
function s3ControlService(s3: S3Host | undefined, path: string): Service | undefined {
  if (s3?.kind === 'control') return serviceById('s3control');
  if (s3?.name !== '' || !(s3.kind === 'outposts' || s3.kind === 'express-control')) return undefined;
  if (path.startsWith('/S3Outposts/')) return serviceById('s3outposts');
  return path.startsWith('/v20180820/') ? serviceById('s3control') : undefined;
}

const serviceName = /^[a-z0-9][a-z0-9-]{0,62}$/i;
const operationName = /^[A-Za-z][A-Za-z0-9]{0,127}$/;

/** The operation's name where a protocol writes it down: in `X-Amz-Target`, in the path, or as `Action` in a form. */
function namedOperation(services: readonly Service[], call: ActionCall): string | undefined {
  const target = targetOf(call);
  const inBody = readsForms(services, call) ? actionsIn(call.body) : [];
  const inQuery = call.query === '' ? [] : formValues(Buffer.from(call.query, 'latin1'), 'Action');
  if (!inQuery || !inBody) return undefined;
  const inTarget = target === undefined ? [] : [target.slice(target.lastIndexOf('.') + 1)];
  const [name = '', ...others] = [...inTarget, ...inQuery, ...inBody];
  return others.every((other) => other === name) && operationName.test(name) ? name : undefined;
}

/** Whether AWS would look for the action in the body, whatever else the request says. */
function readsForms(services: readonly Service[], { headers }: ActionCall): boolean {
  if (services.some(takesForms)) return true;
  return !/^application\/(?:x-amz-json|json|cbor)/i.test(headerValue(headers, 'content-type') ?? '');
}

function takesForms({ protocols }: Service): boolean {
  return protocols.some((protocol) => protocol === 'query' || protocol === 'ec2' || protocol === 'query-errors');
}

/** @returns undefined for a body that has not been read */
function actionsIn(body: Body): string[] | undefined {
  if (body === null) return [];
  return body instanceof Uint8Array ? formValues(body, 'Action') : undefined;
}
