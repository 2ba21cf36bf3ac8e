import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { decodeText } from '../../src-shared/sigv4/encoding.ts';

/**
 * The access key id that a request claims, in whatever kind of signature, valid or not: SigV4 and SigV4A in headers or
 * the query, and Signature Version 2.
 *
 * @returns undefined for a request that is not signed (or bears a token instead)
 */
export function claimedAccessKeyId(headers: readonly Header[], query: string): string | undefined {
  const authorization = headerValue(headers, 'authorization');
  if (authorization !== undefined) {
    return /^AWS4-[^,]*?Credential=([^/,\s]*)|^AWS4-.*[\s,]Credential=([^/,\s]*)|^AWS ([^:\s]*):/
      .exec(authorization)
      ?.slice(1)
      .find(Boolean);
  }
  const inQuery = /(?:^|&)(?:X-Amz-Credential|AWSAccessKeyId)=([^&]*)/i.exec(query)?.[1];
  return inQuery === undefined ? undefined : decodeText(inQuery).split('/', 1)[0];
}
