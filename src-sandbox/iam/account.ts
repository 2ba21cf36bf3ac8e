import { createHash } from 'node:crypto';

/** The sandbox's one AWS account, the one of the documented examples. */
export const accountId = '123456789000';

/** The region that the sandbox names when nobody has asked for another. */
export const homeRegion = 'us-east-1';

/** The ARN of something in the account's IAM, such as `role/role_for_bob`. */
export function iamArn(resource: string): string {
  return `arn:aws:iam::${accountId}:${resource}`;
}

/** An IAM unique id: 21 characters, the same for the same name at every start. */
export function uniqueId(prefix: 'AIDA' | 'AROA', name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(`${prefix}/${name}`).digest();
  return prefix + Array.from(digest.subarray(0, 17), (byte) => alphabet[byte % 32]).join('');
}
