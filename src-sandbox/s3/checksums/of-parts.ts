import type { ChecksumAlgorithm, ChecksumType } from './algorithms.ts';
import { CrcCombiner } from './combine.ts';

/** A part of an object, as far as checksums go. */
export interface SummedPart {
  size: number;
  /** Base64. */
  checksum: string;
}

/**
 * The checksum of an object that was uploaded in parts: of the parts' checksums (with their number behind it), or of
 * all bytes as if it had been uploaded at once.
 *
 * @returns as S3 writes it: Base64, or Base64 and `-<number of parts>`
 */
export async function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly SummedPart[],
): Promise<string> {
  if (type === 'FULL_OBJECT' && algorithm.crc) return fullObject(algorithm, algorithm.crc, parts);
  const digester = algorithm.create();
  for (const { checksum } of parts) digester.update(Buffer.from(checksum, 'base64'));
  return `${Buffer.from(await digester.digest()).toString('base64')}-${parts.length}`;
}

function fullObject(
  { length }: ChecksumAlgorithm,
  crc: NonNullable<ChecksumAlgorithm['crc']>,
  parts: readonly SummedPart[],
): string {
  const combiner = new CrcCombiner(crc);
  let whole = 0n;
  for (const { checksum, size } of parts) {
    const value = BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex') || '0'}`);
    whole = combiner.combine(whole, value, size);
  }
  return Buffer.from(whole.toString(16).padStart(length * 2, '0'), 'hex').toString('base64');
}

/** How the checksum of an object in parts may be made with this algorithm, the usual way first. */
export function checksumTypesOf({ name, crc }: ChecksumAlgorithm): readonly ChecksumType[] {
  if (!crc) return ['COMPOSITE'];
  return name === 'CRC64NVME' ? ['FULL_OBJECT'] : ['COMPOSITE', 'FULL_OBJECT'];
}
