import type { Header } from '../../src-shared/contracts/aws-call.ts';

/** More elements of an error's XML. */
type Elements = readonly (readonly [name: string, text: string])[];

/**
 * A refusal of S3, with its status and code. Source: Amazon S3 API Reference, "Error responses".
 */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly elements: Elements;
  readonly headers: readonly Header[];

  constructor(status: number, code: string, message: string, elements: Elements = [], headers: readonly Header[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.elements = elements;
    this.headers = headers;
  }
}

export function invalidRequest(message: string): S3Error {
  return new S3Error(400, 'InvalidRequest', message);
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error(400, 'InvalidArgument', message, [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ]);
}

/** What the sandbox's S3 does not have. */
export function notImplemented(what: string): S3Error {
  return new S3Error(501, 'NotImplemented', `${what} is not in this sandbox's S3.`);
}

export function accessDenied(message = 'Access Denied'): S3Error {
  return new S3Error(403, 'AccessDenied', message);
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', [['BucketName', bucket]]);
}

/** @param key as a person reads it */
export function noSuchKey(key: string): S3Error {
  return new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', [['Key', key]]);
}

export function noSuchUpload(): S3Error {
  return new S3Error(
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', [
    ['Condition', condition],
  ]);
}
