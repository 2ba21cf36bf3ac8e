import { partitionById } from '../../src-shared/aws/partitions.ts';
import { pageOf } from '../api/pages.ts';
import { homeRegion } from '../iam/account.ts';
import { bucketArn } from './access.ts';
import { readable } from './address.ts';
import { invalidArgument, invalidRequest, noSuchBucket, S3Error } from './errors.ts';
import { refuseUnsupported } from './object-settings.ts';
import { ownerId } from './owner.ts';
import { receiveText } from './receive.ts';
import {
  type BucketRequest,
  emptyReply,
  numberParameter,
  type S3Context,
  type S3Reply,
  type S3Request,
  xmlReply,
} from './request.ts';
import type { Bucket } from './store/types.ts';
import { wholeSeconds } from './write-object.ts';
import { element, leaf, xmlDocument, xmlTime } from './xml.ts';
import { child, childText, readXml, type XmlElement } from './xml-reader.ts';

const maxBuckets = 10_000;
const regions = new Set(partitionById('aws')?.regions);

/** ListBuckets, or ListDirectoryBuckets where S3 Express is asked. Source: Amazon S3 API Reference. */
export function listBuckets(request: S3Request, { store }: S3Context): S3Reply {
  const { parameters } = request;
  const isExpress = isForExpress(request);
  const wantedRegion = isExpress ? regionOf(request) : parameters.get('bucket-region');
  const prefix = parameters.get('prefix') ?? '';
  const wanted = store.buckets
    .all()
    .filter(({ kind }) => kind === (isExpress ? 'directory' : 'general'))
    .filter(({ name, region }) => name.startsWith(prefix) && (wantedRegion === undefined || region === wantedRegion));
  const size = numberParameter(request, isExpress ? 'max-directory-buckets' : 'max-buckets', maxBuckets, maxBuckets);
  if (size < 1) throw invalidArgument('max-buckets must be at least 1', 'max-buckets', String(size));
  const { items, next } = pageOf(wanted, size, parameters.get('continuation-token'));
  return xmlReply(
    xmlDocument(
      isExpress ? 'ListAllMyDirectoryBucketsResult' : 'ListAllMyBucketsResult',
      isExpress ? '' : element('Owner', leaf('ID', ownerId)),
      element('Buckets', ...items.map(describeBucket)),
      leaf('Prefix', prefix === '' ? undefined : readable(prefix)),
      leaf('ContinuationToken', next),
    ),
  );
}

function describeBucket(bucket: Bucket): string {
  return element(
    'Bucket',
    leaf('Name', bucket.name),
    leaf('CreationDate', xmlTime(bucket.created)),
    leaf('BucketRegion', bucket.region),
    leaf('BucketArn', bucketArn(bucket)),
  );
}

/** CreateBucket, directory buckets as well. Source: Amazon S3 API Reference. */
export async function createBucket(request: S3Request, { store, now }: S3Context): Promise<S3Reply> {
  refuseUnsupported(request);
  if (request.header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true') {
    throw invalidRequest("Object Lock is not in this sandbox's S3.");
  }
  const name = request.target.bucket ?? '';
  const body = await receiveText(request);
  const configuration = body.length === 0 ? undefined : readXml(body, 'CreateBucketConfiguration');
  const bucket: Bucket = {
    ...(isForExpress(request)
      ? directoryBucket(name, request, configuration)
      : generalBucket(name, request, configuration)),
    name,
    publicRead: false,
    created: wholeSeconds(now()),
  };
  request.access.require('s3:CreateBucket', bucket);
  const existing = store.buckets.find(name);
  if (existing) {
    // In the oldest region, to create what is there has always been no error.
    if (existing.region === homeRegion && bucket.region === homeRegion && bucket.kind === 'general')
      return created(bucket);
    throw new S3Error(
      409,
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      [['BucketName', name]],
    );
  }
  store.buckets.create(bucket);
  return created(bucket);
}

function created(bucket: Bucket): S3Reply {
  return emptyReply(200, [
    ['Location', `/${bucket.name}`],
    ['x-amz-bucket-arn', bucketArn(bucket)],
  ]);
}

function generalBucket(name: string, request: S3Request, configuration: XmlElement | undefined) {
  checkBucketName(name);
  const asked = configuration && childText(configuration, 'LocationConstraint')?.trim();
  const signedFor = regionOf(request) ?? homeRegion;
  const region = asked === 'EU' ? 'eu-west-1' : asked || (signedFor === homeRegion ? homeRegion : undefined);
  if (region === undefined || (signedFor !== homeRegion && region !== signedFor)) {
    throw new S3Error(
      400,
      'IllegalLocationConstraintException',
      `The ${asked || 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  if (!regions.has(region) || asked === homeRegion) {
    throw new S3Error(400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid', [
      ['LocationConstraint', region],
    ]);
  }
  return { kind: 'general', region } as const;
}

const directoryName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?--([a-z0-9]+-az\d+)--x-s3$/;

function directoryBucket(name: string, request: S3Request, configuration: XmlElement | undefined) {
  const zone = directoryName.exec(name)?.[1];
  const location = configuration && child(configuration, 'Location');
  if (zone === undefined || name.length > 63) throw invalidBucketName(name);
  if (!location || childText(location, 'Name')?.trim() !== zone) {
    throw invalidRequest(`The Availability Zone of the location and of the bucket's name must be the same: ${zone}.`);
  }
  return { kind: 'directory', region: regionOf(request) ?? homeRegion } as const;
}

/**
 * @throws S3Error `InvalidBucketName`
 * @see Amazon S3 User Guide, "General purpose bucket naming rules"
 */
function checkBucketName(name: string): void {
  const isPlain = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|\.-|-\./.test(name);
  const isReserved = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isPlain || isReserved || /^\d+\.\d+\.\d+\.\d+$/.test(name)) throw invalidBucketName(name);
}

function invalidBucketName(name: string): S3Error {
  return new S3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.', [['BucketName', name]]);
}

/** DeleteBucket. Source: Amazon S3 API Reference. */
export function deleteBucket({ bucket }: BucketRequest, { store }: S3Context): Promise<S3Reply> | S3Reply {
  if (!store.buckets.isEmpty(bucket.name)) {
    throw new S3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', [
      ['BucketName', bucket.name],
    ]);
  }
  const files = store.atomically(() => {
    if (!store.buckets.find(bucket.name)) throw noSuchBucket(bucket.name);
    store.buckets.delete(bucket.name);
    return store.uploads.ofBucket(bucket.name).flatMap(({ id }) => store.uploads.end(id));
  });
  return store.bodies.remove(files).then(() => emptyReply(204));
}

/** HeadBucket. Source: Amazon S3 API Reference. */
export function headBucket({ bucket }: BucketRequest): S3Reply {
  return emptyReply(200, [
    ['x-amz-bucket-region', bucket.region],
    ['x-amz-bucket-arn', bucketArn(bucket)],
    ['x-amz-access-point-alias', 'false'],
  ]);
}

/** GetBucketLocation: nothing stands for the oldest region. Source: Amazon S3 API Reference. */
export function getBucketLocation({ bucket: { region } }: BucketRequest): S3Reply {
  return xmlReply(xmlDocument('LocationConstraint', region === homeRegion ? '' : region));
}

/** Whether a request is signed for S3 Express. */
export function isForExpress({ signature }: S3Request): boolean {
  return signature?.read.authorization.scope.service === 's3express';
}

/** The region that a request is signed for. */
export function regionOf({ signature }: S3Request): string | undefined {
  return signature?.read.authorization.scope.region;
}
