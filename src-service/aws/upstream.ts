import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { isS3Name, parseS3Host } from '../../src-shared/aws/s3-hosts.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { memoize } from '../../src-shared/memoize.ts';

/** Custom upstreams by signing name, `*` for all other services. Configuration only: no client has a say in it. */
export type CustomEndpoints = Readonly<Record<string, string>>;

/** Where a request is sent, and the `Host` that it is signed for. */
export interface Upstream {
  /** `https://dynamodb.us-east-1.amazonaws.com` */
  origin: string;
  /** `dynamodb.us-east-1.amazonaws.com`, or host and port of a custom upstream. */
  host: string;
  /** What stands before the request's own path. */
  pathPrefix?: string;
}

/**
 * The upstream of a service's request: a custom one where it is configured, else the AWS host that the request names.
 * What a custom upstream is told in the path, because its own name has no room for it (a bucket), comes along.
 *
 * @throws RolegateError `bad_input` when the host is not AWS's
 */
export function upstreamFor(service: string, awsHost: string, endpoints: CustomEndpoints): Upstream {
  const parsed = parseAwsHost(awsHost);
  if (!parsed) throw new RolegateError('bad_input', `${awsHost.slice(0, 253)} is not an AWS endpoint.`);
  const custom = customEndpoint(service, endpoints);
  if (!custom) return upstreamAt(`https://${parsed.host}`);
  const bucket = isS3Name(service) ? parseS3Host(parsed)?.name : undefined;
  return bucket ? { ...custom, pathPrefix: `/${bucket}` } : custom;
}

/** The custom upstream of a service, if there is one. */
export function customEndpoint(service: string, endpoints: CustomEndpoints): Upstream | undefined {
  const url = (Object.hasOwn(endpoints, service) ? endpoints[service] : undefined) ?? endpoints['*'];
  if (url === undefined) return undefined;
  return upstreamAt(url);
}

const upstreamAt = memoize((url): Upstream => {
  const { origin, host } = new URL(url);
  return { origin, host };
});

/**
 * Checks configured upstreams.
 *
 * @throws RolegateError `bad_input` naming the entry: each must be the http or https address of a host, nothing more
 */
export function checkEndpoints(endpoints: CustomEndpoints): void {
  for (const [service, url] of Object.entries(endpoints)) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const plain = parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '';
    if (plain && parsed.pathname === '/' && parsed.search === '' && parsed.hash === '') continue;
    throw new RolegateError('bad_input', `The endpoint of ${service}, "${url}", is not the address of a host.`, {
      hint: 'Write it like https://vpce-0123.dynamodb.eu-west-1.vpce.amazonaws.com or http://127.0.0.1:4566.',
    });
  }
}
