import { endpointHost } from '../../src-shared/aws/endpoints.ts';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { headerValue, type IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import type { CredentialScope } from '../../src-shared/sigv4/credential-scope.ts';
import type { KeyHolder } from './key-holder.ts';
import { RefusedRequest } from './refusal.ts';

/** How a request came in: through a tunnel to an AWS host, or to the endpoint on this machine. */
export type Entry = { mode: 'proxy'; host: string } | { mode: 'endpoint'; port: number; isPlain: boolean };

/** Where a request goes, and the region to sign it for. */
export interface Target {
  host: string;
  region: string;
}

/**
 * The AWS host that a request is for.
 *
 * In proxy mode it is the host of the tunnel, and `Host` must agree: what is signed and what is dialled are one. In
 * endpoint mode the request names only this machine: the host follows from the credential scope and the request, and
 * a service that is global has a region of its own to sign for.
 *
 * @throws RefusedRequest when there is no such host, or the `Host` header names another
 */
export function targetHost(
  entry: Entry,
  holder: KeyHolder,
  scope: CredentialScope,
  request: Omit<IncomingAwsRequest, 'body'>,
): Target {
  const host = headerValue(request.headers, 'host') ?? '';
  if (entry.mode === 'proxy') {
    if (parseAwsHost(host)?.host === entry.host) return { host: entry.host, region: scope.region };
    throw new RefusedRequest(
      'invalid_request',
      `The Host header names "${host.slice(0, 253)}", but the tunnel was opened to ${entry.host}.`,
    );
  }
  const bucket = requireLocalHost(host, entry.port);
  if (entry.isPlain && !holder.plainHttp) {
    throw new RefusedRequest(
      'access_denied',
      'Plain http is turned off for this session. Use the https address, or allow http in Connect.',
    );
  }
  if (bucket !== undefined && scope.service !== 's3') {
    throw new RefusedRequest(
      'invalid_request',
      `Only S3 has addresses that begin with a bucket, as ${bucket}.localhost.`,
    );
  }
  const endpoint = endpointHost(scope.service, scope.region, request);
  if (endpoint.ok) return bucket === undefined ? endpoint : { ...endpoint, host: `${bucket}.${endpoint.host}` };
  throw new RefusedRequest('invalid_request', endpoint.message);
}

/** A bucket's name. Source: S3 User Guide, "General purpose bucket naming rules". */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * A web page that had its own name point to this machine would show in `Host` (DNS rebinding). Names under `localhost`
 * are nobody's to own (RFC 6761 §6.3); S3's clients put a bucket there.
 *
 * @returns the bucket, where the header names one
 * @throws RefusedRequest unless the header names this machine and this port
 */
export function requireLocalHost(host: string, port: number): string | undefined {
  const name = host.toLowerCase();
  const local = `localhost:${port}`;
  if (name === `127.0.0.1:${port}` || name === local) return undefined;
  const bucket = name.endsWith(`.${local}`) ? name.slice(0, -local.length - 1) : '';
  if (bucketName.test(bucket) && !bucket.includes('..')) return bucket;
  throw new RefusedRequest('access_denied', 'This address answers to 127.0.0.1 and localhost only.');
}
