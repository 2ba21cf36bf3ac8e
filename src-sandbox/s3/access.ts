import { accountId } from '../iam/account.ts';
import { allow, type Policy, verdictOf } from '../iam/policy.ts';
import { denialOf } from '../iam/principal.ts';
import { readable } from './address.ts';
import { accessDenied } from './errors.ts';
import type { S3Signature } from './request.ts';
import type { Bucket } from './store/types.ts';

/** What a request may do. */
export interface Access {
  /**
   * Why something is not allowed; undefined when it is.
   *
   * @param action of IAM, such as `s3:GetObject`
   * @param key wire text, for actions on objects
   */
  denial(action: string, bucket: Bucket | undefined, key?: string): string | undefined;
  /** @throws S3Error `AccessDenied` */
  require(action: string, bucket: Bucket | undefined, key?: string): void;
}

/** Whose permissions a request has: those of the principal that signed it, those of anybody, or a session's. */
export function accessOf(signature: S3Signature | undefined): Access {
  const denial: Access['denial'] = (action, bucket, key) => {
    if (!signature) return deniedToAnybody(action, bucket, key);
    if (bucket?.kind === 'directory') return deniedInDirectoryBucket(signature, action, bucket);
    if (signature.key.temporary?.bucketSession)
      return 'Credentials of an S3 Express session are good for its bucket only.';
    return denialOf(signature.key.principal, action, resourceArn(bucket, key), policyOf(bucket));
  };
  return {
    denial,
    require(action, bucket, key) {
      const reason = denial(action, bucket, key);
      if (reason !== undefined) throw accessDenied(reason);
    },
  };
}

/** What a bucket allows anybody. */
export function policyOf(bucket: Bucket | undefined): Policy {
  if (!bucket?.publicRead) return [];
  return allow(publicActions, [bucketArn(bucket), `${bucketArn(bucket)}/*`]);
}

/** What anybody may do with a bucket that is public. */
export const publicActions: readonly string[] = ['s3:GetObject', 's3:ListBucket'];

export function bucketArn({ name, kind, region }: Bucket): string {
  return kind === 'directory' ? `arn:aws:s3express:${region}:${accountId}:bucket/${name}` : `arn:aws:s3:::${name}`;
}

function resourceArn(bucket: Bucket | undefined, key: string | undefined): string {
  if (!bucket) return '*';
  return key === undefined ? bucketArn(bucket) : `${bucketArn(bucket)}/${readable(key)}`;
}

function deniedToAnybody(action: string, bucket: Bucket | undefined, key: string | undefined): string | undefined {
  return verdictOf(policyOf(bucket), action, resourceArn(bucket, key)) === 'allowed' ? undefined : 'Access Denied';
}

/** Actions on a directory bucket itself, which a session is no good for. */
const controlActions = new Set(['s3:CreateBucket', 's3:DeleteBucket']);

/**
 * S3 Express has one permission for everything in a bucket, and sessions instead of signing every request for it.
 * Source: Amazon S3 User Guide, "Authorizing Regional endpoint API operations with IAM" and "CreateSession".
 */
function deniedInDirectoryBucket({ key }: S3Signature, action: string, bucket: Bucket): string | undefined {
  const session = key.temporary?.bucketSession;
  if (!session) {
    const name = controlActions.has(action) ? action.replace('s3:', 's3express:') : 's3express:CreateSession';
    return denialOf(key.principal, name, bucketArn(bucket));
  }
  if (session.bucket !== bucket.name) return 'The session is for another bucket.';
  if (controlActions.has(action)) return 'A session is good for objects, not for the bucket itself.';
  return session.readOnly && !/^s3:(?:Get|List)/.test(action) ? 'The session may read only.' : undefined;
}
