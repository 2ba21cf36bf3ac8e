import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import type { SandboxRequest } from '../http/request.ts';
import { addressOf } from '../s3/address.ts';

/**
 * The service that a request is most likely for whose signature is missing or cannot be read, so that it gets an
 * answer of the right form: the one that its host names or, at an address that all services share, S3 if it names
 * something by its path, or nothing at all.
 */
export function likelyService({ method, headers, path, query }: SandboxRequest): string | undefined {
  const host = headerValue(headers, 'host') ?? '';
  const aws = parseAwsHost(host);
  if (aws) return addressOf(host) ? 's3' : aws.labels[0];
  if (headerValue(headers, 'x-amz-target') !== undefined) return undefined;
  return path !== '/' || (method === 'GET' && !/(?:^|&)Action=/.test(query)) ? 's3' : undefined;
}
