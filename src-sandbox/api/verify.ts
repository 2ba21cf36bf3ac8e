import { partitionById } from '../../src-shared/aws/partitions.ts';
import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { equalSecrets } from '../../src-shared/sigv4/signing-key.ts';
import {
  checkClock,
  type ReadAuthorization,
  type Refused,
  type VerifiableRequest,
  verifySignature,
} from '../../src-shared/sigv4/verify.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { refused } from './refused.ts';
import { isS3 } from './services.ts';

const regions = new Set(partitionById('aws')?.regions);

/**
 * Finds the access key that a request says it is signed with. The signature itself can only be checked once the
 * body is there; what is wrong before that is refused without reading it.
 *
 * @param now milliseconds since the epoch
 */
export function findSigner(
  request: VerifiableRequest,
  read: ReadAuthorization,
  keys: AccessKeys,
  now: number,
): { ok: true; key: AccessKey } | Refused {
  const { accessKeyId, scope } = read.authorization;
  // S3 says by itself which region it expects: its clients act on that.
  if (!regions.has(scope.region) && !isS3(scope.service)) {
    return refused('signature_mismatch', `Credential should be scoped to a valid region, not '${scope.region}'.`);
  }
  const key = keys.find(accessKeyId);
  if (!key || !tokenBelongs(key, read, request.headers)) {
    return refused('unknown_access_key', 'The security token included in the request is invalid.');
  }
  return checkClock(read, now, 0) ?? { ok: true, key };
}

/**
 * Temporary keys come with the token they were issued with, long-term keys without any. The token of an S3 Express
 * session has a header of its own, and is good for S3 Express only.
 */
function tokenBelongs({ temporary }: AccessKey, read: ReadAuthorization, headers: readonly Header[]): boolean {
  const isExpress = temporary?.bucketSession !== undefined;
  const tokenIn = (name: string) => (read.place === 'query' ? read.securityToken : headerValue(headers, name));
  if (!temporary)
    return tokenIn('x-amz-security-token') === undefined && tokenIn('x-amz-s3session-token') === undefined;
  if (isExpress && read.authorization.scope.service !== 's3express') return false;
  const token = tokenIn(isExpress ? 'x-amz-s3session-token' : 'x-amz-security-token');
  return token !== undefined && equalSecrets(token, temporary.sessionToken);
}

/**
 * Checks that a request was signed with this key, as it stands, and that the key has not expired.
 *
 * @param payloadHash SHA-256 of the body in hex, or the literal that the request declares instead
 * @returns undefined when all is well
 */
export function verifySigned(
  request: VerifiableRequest,
  read: ReadAuthorization,
  key: AccessKey,
  keys: AccessKeys,
  payloadHash: string,
): Refused | undefined {
  const mismatch = verifySignature(request, read, key.secretAccessKey, payloadHash);
  if (mismatch) return mismatch;
  if (!keys.isExpired(key)) return undefined;
  return refused('expired_token', 'The security token included in the request is expired');
}
