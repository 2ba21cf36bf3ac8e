import type { Members } from '../api/query-protocol.ts';
import type { AccessKey, TemporaryAccess } from '../iam/access-keys.ts';

/** A temporary key as STS's answers have it. */
export function credentialsOf(key: AccessKey & { temporary: TemporaryAccess }): Members {
  return {
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    SessionToken: key.temporary.sessionToken,
    Expiration: new Date(key.temporary.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}
