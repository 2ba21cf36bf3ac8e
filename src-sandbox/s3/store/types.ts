import type { Header } from '../../../src-shared/contracts/aws-call.ts';
import type { ChecksumType } from '../checksums/algorithms.ts';

/** A bucket of the account. */
export interface Bucket {
  name: string;
  region: string;
  /** `directory` for S3 Express. */
  kind: 'general' | 'directory';
  /** Whether anybody may list and read it. */
  publicRead: boolean;
  /** Milliseconds since the epoch. */
  created: number;
}

/** A checksum that is kept with an object. */
export interface Checksum {
  /** `CRC32`. */
  algorithm: string;
  type: ChecksumType;
  /** Base64; with the number of parts behind it where it is of the parts' checksums. */
  value: string;
}

/** A stretch of an object's bytes, in a file of its own: all of them, or those of one part. */
export interface Segment {
  file: string;
  size: number;
  /** Base64; the part's, by the object's algorithm. */
  checksum?: string | undefined;
}

/** What is said of an object when it is written, and given back when it is read. */
export interface ObjectSettings {
  /** Content headers and metadata, as they were sent. */
  headers: readonly Header[];
  storageClass: string;
  tags: readonly (readonly [key: string, value: string])[];
}

/** What a listing tells of an object. */
export interface ObjectSummary {
  /** Wire text. */
  key: string;
  size: number;
  /** Without quotes. */
  etag: string;
  /** Milliseconds since the epoch, whole seconds. */
  modified: number;
  storageClass: string;
  checksum?: Pick<Checksum, 'algorithm' | 'type'> | undefined;
}

/** An object as it is kept. */
export interface StoredObject extends ObjectSettings {
  key: string;
  size: number;
  etag: string;
  modified: number;
  checksum?: Checksum | undefined;
  /** Whether it was uploaded in parts; then each segment is one. */
  multipart: boolean;
  segments: readonly Segment[];
}

/** An upload in parts that has not been completed. */
export interface Upload extends ObjectSettings {
  id: string;
  bucket: string;
  key: string;
  /** Milliseconds since the epoch. */
  initiated: number;
  /** ARN of who began it. */
  initiator: string;
  checksum?: Pick<Checksum, 'algorithm' | 'type'> | undefined;
}

/** A part of an upload. */
export interface UploadPart {
  number: number;
  size: number;
  etag: string;
  modified: number;
  checksum?: string | undefined;
  file: string;
}
