import type { RestRequest } from '../../src-shared/aws/path-index.ts';
import type { S3Host } from '../../src-shared/aws/s3-hosts.ts';

/** A request to S3 as it would be with the bucket (or access point) in its path, not in its host. */
export function inPathStyle(request: RestRequest, host: S3Host | undefined): RestRequest {
  const { method, path, query, headers } = request;
  // The answer of a function to Object Lambda: the name before the host is that of a route.
  if (!host || host.name === '' || path === '/WriteGetObjectResponse') return { method, path, query, headers };
  return { method, path: `/${host.name}${path}`, query, headers };
}
