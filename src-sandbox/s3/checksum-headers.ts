import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { findAlgorithm } from './checksums/algorithms.ts';
import type { Checksum } from './store/types.ts';
import { leaf } from './xml.ts';

/** A checksum as headers of an answer. */
export function checksumHeaders(checksum: Checksum | undefined): Header[] {
  const algorithm = checksum && findAlgorithm(checksum.algorithm);
  if (!checksum || !algorithm) return [];
  return [
    [algorithm.header, checksum.value],
    ['x-amz-checksum-type', checksum.type],
  ];
}

/** A checksum as elements of an answer: `<ChecksumCRC32>…</ChecksumCRC32><ChecksumType>…</ChecksumType>`. */
export function checksumElements(checksum: Checksum | undefined): string {
  if (!checksum) return '';
  return leaf(`Checksum${checksum.algorithm}`, checksum.value) + leaf('ChecksumType', checksum.type);
}
