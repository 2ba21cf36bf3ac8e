import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Sandbox } from '../sandbox.ts';
import type { Credentials } from './test-sandbox.ts';

/** AWS's own S3 client, that does not try again; buckets are in the path. */
export function s3Client(sandbox: Sandbox, credentials: Credentials, config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    region: 'us-east-1',
    endpoint: sandbox.endpoints.s3,
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    ...config,
  });
}

/** The client as it is against AWS: buckets are in the names of hosts, and only the connection goes to the sandbox. */
export function s3ClientOfHosts(sandbox: Sandbox, credentials: Credentials, config: S3ClientConfig = {}): S3Client {
  const { hostname, port } = new URL(sandbox.endpoints.s3);
  const http = new NodeHttpHandler();
  const handle: NodeHttpHandler['handle'] = (request, options) => {
    const headers = { ...request.headers, host: request.headers['host'] ?? request.hostname };
    const here = Object.assign(request.clone(), { protocol: 'http:', hostname, port: Number(port), headers });
    return http.handle(here, options);
  };
  return new S3Client({
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: { ...http, handle, destroy: () => http.destroy() },
    ...config,
  });
}

/** The buckets that a sandbox begins with. */
export const privateBucket = 'shop-records-123456789000';
export const publicBucket = 'open-data-123456789000';
