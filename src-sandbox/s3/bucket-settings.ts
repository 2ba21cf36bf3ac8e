import { bucketArn, publicActions } from './access.ts';
import { S3Error } from './errors.ts';
import { ownerId } from './owner.ts';
import { type BucketRequest, type S3Reply, xmlReply } from './request.ts';
import type { Bucket } from './store/types.ts';
import { element, leaf, xmlDocument } from './xml.ts';

/** One setting of a bucket that can be asked for and not be changed. */
export interface BucketSetting {
  /** The query parameter that names it. */
  name: string;
  /** The IAM action that reading it takes. */
  action: string;
  read(request: BucketRequest): S3Reply;
}

/**
 * The settings of every bucket here: those of a bucket on which nobody has set anything. Tools ask for them before
 * they do what they are for.
 * Source: Amazon S3 API Reference, the `GetBucket…` actions.
 */
export const bucketSettings: readonly BucketSetting[] = [
  setting('accelerate', 's3:GetAccelerateConfiguration', () => xmlDocument('AccelerateConfiguration')),
  setting('acl', 's3:GetBucketAcl', accessControl),
  absent('cors', 's3:GetBucketCORS', 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  setting('encryption', 's3:GetEncryptionConfiguration', () =>
    xmlDocument(
      'ServerSideEncryptionConfiguration',
      element(
        'Rule',
        element('ApplyServerSideEncryptionByDefault', leaf('SSEAlgorithm', 'AES256')),
        leaf('BucketKeyEnabled', false),
      ),
    ),
  ),
  absent(
    'lifecycle',
    's3:GetLifecycleConfiguration',
    'NoSuchLifecycleConfiguration',
    'The lifecycle configuration does not exist',
  ),
  setting('logging', 's3:GetBucketLogging', () => xmlDocument('BucketLoggingStatus')),
  setting('notification', 's3:GetBucketNotification', () => xmlDocument('NotificationConfiguration')),
  absent(
    'object-lock',
    's3:GetBucketObjectLockConfiguration',
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),
  setting('ownershipControls', 's3:GetBucketOwnershipControls', () =>
    xmlDocument('OwnershipControls', element('Rule', leaf('ObjectOwnership', 'BucketOwnerEnforced'))),
  ),
  { name: 'policy', action: 's3:GetBucketPolicy', read: policy },
  setting('policyStatus', 's3:GetBucketPolicyStatus', ({ publicRead }) =>
    xmlDocument('PolicyStatus', leaf('IsPublic', publicRead)),
  ),
  setting('publicAccessBlock', 's3:GetBucketPublicAccessBlock', ({ publicRead }) =>
    xmlDocument(
      'PublicAccessBlockConfiguration',
      leaf('BlockPublicAcls', true),
      leaf('IgnorePublicAcls', true),
      leaf('BlockPublicPolicy', !publicRead),
      leaf('RestrictPublicBuckets', !publicRead),
    ),
  ),
  absent(
    'replication',
    's3:GetReplicationConfiguration',
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ),
  setting('requestPayment', 's3:GetBucketRequestPayment', () =>
    xmlDocument('RequestPaymentConfiguration', leaf('Payer', 'BucketOwner')),
  ),
  absent('tagging', 's3:GetBucketTagging', 'NoSuchTagSet', 'The TagSet does not exist'),
  setting('versioning', 's3:GetBucketVersioning', () => xmlDocument('VersioningConfiguration')),
  absent(
    'website',
    's3:GetBucketWebsite',
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ),
];

function setting(name: string, action: string, write: (bucket: Bucket) => string): BucketSetting {
  return { name, action, read: ({ bucket }) => xmlReply(write(bucket)) };
}

function absent(name: string, action: string, code: string, message: string): BucketSetting {
  return {
    name,
    action,
    read: ({ bucket }) => {
      throw new S3Error(404, code, message, [['BucketName', bucket.name]]);
    },
  };
}

/** Who may do what by access control list: the owner everything, and nobody else anything. */
export function accessControl(): string {
  const user = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${leaf('ID', ownerId)}</Grantee>`;
  return xmlDocument(
    'AccessControlPolicy',
    element('Owner', leaf('ID', ownerId)),
    element('AccessControlList', element('Grant', user, leaf('Permission', 'FULL_CONTROL'))),
  );
}

function policy({ bucket }: BucketRequest): S3Reply {
  if (!bucket.publicRead) {
    throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', [['BucketName', bucket.name]]);
  }
  const arn = bucketArn(bucket);
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'PublicRead', Effect: 'Allow', Principal: '*', Action: publicActions, Resource: [arn, `${arn}/*`] },
    ],
  };
  return { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(document) };
}
