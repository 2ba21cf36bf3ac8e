import { headerValue } from '../contracts/aws-call.ts';
import type { Endpoint } from './endpoints.ts';
import type { Partition } from './partitions.ts';
import type { RestRequest } from './path-index.ts';

/**
 * The host of a request to S3 that names none: the regional one, with the bucket in the path. What S3 answers under
 * the name of an account, an access point or a zone only, needs the HTTPS proxy. Source: see `s3-hosts.ts`.
 *
 * @param name `s3`, `s3express`, `s3-outposts` or `s3-object-lambda`
 */
export function s3Endpoint(name: string, region: string, partition: Partition, request: RestRequest): Endpoint {
  const at = (label: string): Endpoint => ({ ok: true, host: `${label}.${region}.${partition.dnsSuffix}`, region });
  const isControl = request.path.startsWith('/v20180820/');
  switch (name) {
    case 's3':
      return isControl && headerValue(request.headers, 'x-amz-account-id') !== undefined ? proxyOnly.control : at('s3');
    case 's3express':
      return isControl || isDirectoryBucketControl(request) ? at('s3express-control') : proxyOnly.express;
    case 's3-outposts':
      return isControl || request.path.startsWith('/S3Outposts/') ? at('s3-outposts') : proxyOnly.outposts;
    default:
      return proxyOnly.objectLambda;
  }
}

/** What of S3 only works in HTTPS proxy mode, in sentences. */
export const s3ProxyOnly = {
  control: 'S3 Control (access points, batch jobs, Storage Lens) answers under the number of an account.',
  express: 'Objects in directory buckets (S3 Express One Zone) are answered under the name of their bucket and zone.',
  outposts: 'Objects in S3 on Outposts are answered under the name of their access point.',
  objectLambda: 'S3 Object Lambda answers under the name of an access point.',
} as const;

const proxyOnly = Object.fromEntries(
  Object.entries(s3ProxyOnly).map(([what, sentence]) => [
    what,
    { ok: false, reason: 'proxy_only', message: `${sentence} Use the HTTPS proxy for it.` },
  ]),
) as Record<keyof typeof s3ProxyOnly, Endpoint>;

/** Requests about directory buckets as such: a list of them, or one of them without an object and without a session. */
function isDirectoryBucketControl({ method, path, query }: RestRequest): boolean {
  const [bucket = '', ...key] = path.split('/', 3).slice(1);
  if (key.some((segment) => segment !== '')) return false;
  if (bucket === '') return method === 'GET';
  const parameters = query.split('&').map((part) => part.split('=', 1)[0] ?? '');
  if (method === 'PUT' || method === 'DELETE') return !parameters.includes('session');
  return method === 'GET' && parameters.some((name) => bucketSettings.has(name));
}

/** Settings of a directory bucket; any other GET of a bucket lists its objects, and those are in its zone. */
const bucketSettings = new Set([
  'policy',
  'encryption',
  'lifecycle',
  'location',
  'metrics',
  'inventory',
  'analytics',
  'tagging',
]);
