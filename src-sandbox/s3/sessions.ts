import { accessDenied, invalidRequest } from './errors.ts';
import { type BucketRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import { element, leaf, xmlDocument } from './xml.ts';

/** How long a session lasts, in seconds. */
const sessionSeconds = 300;

/**
 * CreateSession: short-lived keys for one directory bucket, with a token that goes into a header of its own.
 * Source: Amazon S3 API Reference.
 */
export function createSession({ bucket, signature, header }: BucketRequest, { keys, now }: S3Context): S3Reply {
  if (bucket.kind !== 'directory') {
    throw invalidRequest('Sessions are for directory buckets, and this is a general purpose bucket.');
  }
  if (!signature || signature.key.temporary?.bucketSession) {
    throw accessDenied('A session is made with credentials of IAM, not with those of another session.');
  }
  const mode = header('x-amz-create-session-mode') ?? 'ReadWrite';
  if (mode !== 'ReadWrite' && mode !== 'ReadOnly') {
    throw invalidRequest('x-amz-create-session-mode must be ReadWrite or ReadOnly.');
  }
  // It does not outlive the keys that it was asked for with.
  const left = ((signature.key.temporary?.expiresAt ?? Number.POSITIVE_INFINITY) - now()) / 1000;
  const key = keys.issueTemporary(signature.key.principal, {
    duration: Math.min(sessionSeconds, left),
    chained: true,
    bucketSession: { bucket: bucket.name, readOnly: mode === 'ReadOnly' },
  });
  return xmlReply(
    xmlDocument(
      'CreateSessionResult',
      element(
        'Credentials',
        leaf('AccessKeyId', key.accessKeyId),
        leaf('SecretAccessKey', key.secretAccessKey),
        leaf('SessionToken', key.temporary.sessionToken),
        leaf('Expiration', new Date(key.temporary.expiresAt).toISOString()),
      ),
    ),
    [['x-amz-server-side-encryption', 'AES256']],
  );
}
