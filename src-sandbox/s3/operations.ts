import { accessControl, bucketSettings } from './bucket-settings.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.ts';
import { completeMultipartUpload } from './complete-upload.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import { invalidRequest, notImplemented, S3Error } from './errors.ts';
import { listMultipartUploads, listParts } from './list-uploads.ts';
import { listObjects, listObjectsV2 } from './listings.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './multipart.ts';
import { getObjectAttributes } from './object-attributes.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts';
import { readObject } from './read-object.ts';
import {
  type BucketRequest,
  type ObjectRequest,
  type S3Context,
  type S3Reply,
  type S3Request,
  xmlReply,
} from './request.ts';
import { createSession } from './sessions.ts';
import { putObject } from './write-object.ts';

type Run<Request> = (request: Request, context: S3Context) => Promise<S3Reply> | S3Reply;

/** An operation of S3: what it is about, what it takes in IAM, and what it does. */
export type Operation =
  /** `action` undefined: the operation checks by itself. */
  | { about: 'account'; action: string | undefined; run: Run<S3Request> }
  | { about: 'bucket'; action: string | undefined; run: Run<BucketRequest> }
  | { about: 'object'; action: string; run: Run<ObjectRequest> };

const account = (action: string | undefined, run: Run<S3Request>): Operation => ({ about: 'account', action, run });
const bucket = (action: string | undefined, run: Run<BucketRequest>): Operation => ({ about: 'bucket', action, run });
const object = (action: string, run: Run<ObjectRequest>): Operation => ({ about: 'object', action, run });

const readAcl = () => xmlReply(accessControl());

/** Operations by method, what they are about, and the parameter (if any) that names them. */
const operations: ReadonlyMap<string, Operation> = new Map([
  ['GET account', account('s3:ListAllMyBuckets', listBuckets)],
  ['PUT bucket', account(undefined, createBucket)],
  ['HEAD bucket', bucket('s3:ListBucket', headBucket)],
  ['DELETE bucket', bucket('s3:DeleteBucket', deleteBucket)],
  ['GET bucket', bucket('s3:ListBucket', listObjects)],
  ['GET bucket list-type', bucket('s3:ListBucket', listObjectsV2)],
  ['GET bucket location', bucket('s3:GetBucketLocation', getBucketLocation)],
  ['GET bucket uploads', bucket('s3:ListBucketMultipartUploads', listMultipartUploads)],
  ['GET bucket session', bucket('s3express:CreateSession', createSession)],
  ['POST bucket delete', bucket(undefined, deleteObjects)],
  ...bucketSettings.map(({ name, action, read }) => [`GET bucket ${name}`, bucket(action, read)] as const),
  ['GET object', object('s3:GetObject', readObject)],
  ['HEAD object', object('s3:GetObject', readObject)],
  ['PUT object', object('s3:PutObject', putObject)],
  ['PUT object copy', object('s3:PutObject', copyObject)],
  ['DELETE object', object('s3:DeleteObject', deleteObject)],
  ['POST object uploads', object('s3:PutObject', createMultipartUpload)],
  ['PUT object uploadId', object('s3:PutObject', uploadPart)],
  ['PUT object uploadId copy', object('s3:PutObject', uploadPartCopy)],
  ['POST object uploadId', object('s3:PutObject', completeMultipartUpload)],
  ['DELETE object uploadId', object('s3:AbortMultipartUpload', abortMultipartUpload)],
  ['GET object uploadId', object('s3:ListMultipartUploadParts', listParts)],
  ['GET object attributes', object('s3:GetObject', getObjectAttributes)],
  ['GET object acl', object('s3:GetObjectAcl', readAcl)],
  ['GET object tagging', object('s3:GetObjectTagging', getObjectTagging)],
  ['PUT object tagging', object('s3:PutObjectTagging', putObjectTagging)],
  ['DELETE object tagging', object('s3:DeleteObjectTagging', deleteObjectTagging)],
]);

/**
 * Parameters that make another operation of a request. One that is not known here must not be passed over: a
 * `PUT ?acl` is no PutObject.
 */
const naming = new Set([
  ...bucketSettings.map(({ name }) => name),
  'abac',
  'analytics',
  'attributes',
  'delete',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'list-type',
  'location',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'renameObject',
  'restore',
  'retention',
  'select',
  'session',
  'torrent',
  'uploadId',
  'uploads',
  'versions',
]);

/**
 * The operation that a request is for.
 *
 * @throws S3Error `NotImplemented` or `MethodNotAllowed`
 */
export function operationOf({ method, target, parameters, header }: S3Request): Operation {
  const about = target.key !== undefined ? 'object' : target.bucket !== undefined ? 'bucket' : 'account';
  const name = [...parameters.keys()].find((parameter) => naming.has(parameter));
  const copies = about === 'object' && method === 'PUT' && header('x-amz-copy-source') !== undefined;
  const wanted = [method, about, name, copies ? 'copy' : undefined].filter((word) => word !== undefined).join(' ');
  if (method === 'PUT' && parameters.has('partNumber') && !parameters.has('uploadId')) {
    throw invalidRequest('A part needs an uploadId.');
  }
  const operation = operations.get(wanted);
  if (operation) return operation;
  if (name !== undefined)
    throw notImplemented(`${method} ?${name} of ${about === 'object' ? 'an object' : 'a bucket'}`);
  if (about === 'bucket' && method === 'POST') throw notImplemented('An upload by a form (POST Object)');
  throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', [
    ['Method', method],
    ['ResourceType', about.toUpperCase()],
  ]);
}
