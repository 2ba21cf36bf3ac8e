import { createHash } from 'node:crypto';
import { Crc32, Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc';
import { Xxh3_64, Xxh3_128, Xxh64 } from '@aws-sdk/checksums/xxh';

/** Takes bytes one after another and gives their digest. */
export interface Digester {
  update(bytes: Uint8Array): void;
  /** To be asked once. */
  digest(): Promise<Uint8Array> | Uint8Array;
}

/** One of the checksum algorithms of S3. */
export interface ChecksumAlgorithm {
  /** As XML and `x-amz-checksum-algorithm` have it: `CRC32`. */
  name: string;
  /** Of the header that a checksum comes in: `x-amz-checksum-crc32`. */
  header: string;
  /** Length of a digest, in bytes. */
  length: number;
  create(): Digester;
  /** Set where the checksum of a whole can be told from those of its parts. */
  crc?: { width: bigint; polynomial: bigint };
}

/** Whether an object's checksum is of all its bytes, or of its parts' checksums. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/**
 * Every algorithm. Polynomials are given in reversed bit order.
 * Source: Amazon S3 User Guide, "Checking object integrity".
 */
export const checksumAlgorithms: readonly ChecksumAlgorithm[] = [
  algorithm('CRC32', 4, () => new Crc32(), { width: 32n, polynomial: 0xedb8_8320n }),
  algorithm('CRC32C', 4, () => new Crc32c(), { width: 32n, polynomial: 0x82f6_3b78n }),
  algorithm('CRC64NVME', 8, () => new Crc64Nvme(), { width: 64n, polynomial: 0x9a6c_9329_ac4b_c9b5n }),
  algorithm('SHA1', 20, () => createHash('sha1')),
  algorithm('SHA256', 32, () => createHash('sha256')),
  algorithm('SHA512', 64, () => createHash('sha512')),
  algorithm('MD5', 16, () => createHash('md5')),
  algorithm('XXHASH64', 8, () => new Xxh64()),
  algorithm('XXHASH3', 8, () => new Xxh3_64()),
  algorithm('XXHASH128', 16, () => new Xxh3_128()),
];

/** The algorithm with this name, in whatever case. */
export function findAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((candidate) => candidate.name === name.toUpperCase());
}

function algorithm(
  name: string,
  length: number,
  create: () => Digester,
  crc?: ChecksumAlgorithm['crc'],
): ChecksumAlgorithm {
  return { name, header: `x-amz-checksum-${name.toLowerCase()}`, length, create, ...(crc && { crc }) };
}
