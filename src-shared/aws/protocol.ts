import { type Header, headerValue } from '../contracts/aws-call.ts';
import type { RestRequest } from './path-index.ts';
import { placeOf } from './routes.ts';
import { isS3Name } from './s3-hosts.ts';
import type { Protocol, Service } from './services.ts';

/**
 * The wire formats in which AWS services report errors. `awsQueryJson` and `awsQueryCbor` are JSON and CBOR of
 * services that once spoke the query protocol (SQS, CloudWatch): their clients look for the old codes in a header.
 */
export type ErrorProtocol =
  | 'awsJson1_0'
  | 'awsJson1_1'
  | 'awsQueryJson'
  | 'rpcV2Cbor'
  | 'awsQueryCbor'
  | 'awsQuery'
  | 'ec2'
  | 's3'
  | 'restXml'
  | 'restJson';

/** What of a request tells its protocol. */
export type ProtocolClues = { headers: readonly Header[] } & Partial<RestRequest>;

/**
 * Tells in which format a service would answer this request with an error: by what the request says itself, since a
 * service may speak several protocols, else by the service's model.
 *
 * @param signingName service of the credential scope, if one could be read
 */
export function protocolOf(signingName: string | undefined, clues: ProtocolClues): ErrorProtocol {
  const request: RestRequest = { method: '', path: '/', query: '', ...clues };
  const name = signingName?.toLowerCase();
  if (name !== undefined && isS3Name(name)) return request.path.startsWith('/v20180820/') ? 'restXml' : 's3';
  const service = name === undefined ? undefined : placeOf(name, request)?.service;
  return sentIn(service, request) ?? spokenBy(service);
}

/** The protocol that a request shows itself. */
function sentIn(service: Service | undefined, { headers, query }: RestRequest): ErrorProtocol | undefined {
  const wasQuery = service?.protocols.includes('query-errors') ?? false;
  if (headerValue(headers, 'smithy-protocol') === 'rpc-v2-cbor') return wasQuery ? 'awsQueryCbor' : 'rpcV2Cbor';
  const contentType = headerValue(headers, 'content-type') ?? '';
  const version = /^application\/x-amz-json-1\.([01])/.exec(contentType)?.[1];
  if (version !== undefined || headerValue(headers, 'x-amz-target') !== undefined) {
    if (wasQuery) return 'awsQueryJson';
    const isOld = version === undefined ? service?.protocols.includes('json1.0') : version === '0';
    return isOld ? 'awsJson1_0' : 'awsJson1_1';
  }
  if (contentType.startsWith('application/x-www-form-urlencoded') || /(?:^|&)Action=/.test(query)) {
    return service?.protocols.includes('ec2') ? 'ec2' : 'awsQuery';
  }
  return undefined;
}

/** The protocol of a service, where a request does not show it: of several, the one that needs no header. */
function spokenBy(service: Service | undefined): ErrorProtocol {
  const byProtocol: Readonly<Record<Protocol, ErrorProtocol | undefined>> = {
    'json1.0': service?.protocols.includes('query-errors') ? 'awsQueryJson' : 'awsJson1_0',
    'json1.1': 'awsJson1_1',
    cbor: undefined,
    query: 'awsQuery',
    'query-errors': undefined,
    ec2: 'ec2',
    'rest-json': 'restJson',
    'rest-xml': 'restXml',
  };
  const known = service?.protocols.map((protocol) => byProtocol[protocol]);
  return known?.find((protocol) => protocol !== undefined) ?? 'restJson';
}
