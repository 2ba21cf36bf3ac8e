import { type ChecksumAlgorithm, checksumAlgorithms, findAlgorithm } from './checksums/algorithms.ts';
import { invalidRequest, S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

/** The checksum that a request says its payload has. */
export interface DeclaredChecksum {
  algorithm: ChecksumAlgorithm;
  /** Base64; undefined when it comes behind the payload, in a trailer. */
  value: string | undefined;
}

/**
 * The checksum that comes with a payload, in a header or announced as a trailer.
 * Source: Amazon S3 User Guide, "Checking object integrity".
 *
 * @throws S3Error `InvalidRequest`
 */
export function declaredChecksum(request: S3Request): DeclaredChecksum | undefined {
  const { header } = request;
  const inHeaders = checksumAlgorithms.filter((algorithm) => header(algorithm.header) !== undefined);
  const trailer = announcedTrailer(header('x-amz-trailer'));
  if (inHeaders.length + (trailer ? 1 : 0) > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [algorithm] = inHeaders;
  if (algorithm) return { algorithm, value: checkedValue(algorithm, header(algorithm.header) ?? '') };
  if (trailer) return { algorithm: trailer, value: undefined };
  // An MD5 may come in its own old header.
  if (header('x-amz-sdk-checksum-algorithm') !== undefined && header('content-md5') === undefined) {
    throw invalidRequest(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  return undefined;
}

function announcedTrailer(header: string | undefined): ChecksumAlgorithm | undefined {
  if (header === undefined || header === '') return undefined;
  const algorithm = checksumAlgorithms.find((candidate) => candidate.header === header.toLowerCase());
  if (algorithm) return algorithm;
  throw invalidRequest('The value specified in the x-amz-trailer header is not supported');
}

/** @throws S3Error unless the value is the Base64 of a digest of the right length */
export function checkedValue(algorithm: ChecksumAlgorithm, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === algorithm.length && bytes.toString('base64') === value) return value;
  throw invalidRequest(`Value for ${algorithm.header} header is invalid.`);
}

/** @throws S3Error when there is no such algorithm */
export function requireAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = findAlgorithm(name);
  if (algorithm) return algorithm;
  throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types.');
}

/** The payload's checksum is not what was declared. */
export function badDigest(name: string): S3Error {
  return new S3Error(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}
