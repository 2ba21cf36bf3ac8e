import { S3Error } from './errors.ts';

/** Bytes of a body, the last one included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Reads a `Range` header (RFC 9110 §14). S3 gives one range; a header that asks for several, or that cannot be read,
 * is as good as none.
 *
 * @param size of the whole body
 * @returns undefined when the whole body is to be sent
 * @throws S3Error `InvalidRange` when there are no such bytes
 */
export function requestedRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!header || !match) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    if (length === 0) throw invalidRange(header, size);
    return { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= size) throw invalidRange(header, size);
  return { first, last };
}

/**
 * Reads the `x-amz-copy-source-range` of UploadPartCopy, which must name both ends.
 *
 * @throws S3Error `InvalidArgument`, or `InvalidRange` when the source is shorter
 */
export function copySourceRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const match = /^bytes=(\d+)-(\d+)$/.exec(header);
  const range = { first: Number(match?.[1]), last: Number(match?.[2]) };
  if (!match || range.last < range.first) {
    throw new S3Error(
      400,
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (range.last >= size) {
    throw new S3Error(400, 'InvalidArgument', `Range specified is not valid for source object of size: ${size}`);
  }
  return range;
}

function invalidRange(header: string, size: number): S3Error {
  return new S3Error(
    416,
    'InvalidRange',
    'The requested range is not satisfiable',
    [
      ['RangeRequested', header],
      ['ActualObjectSize', String(size)],
    ],
    [['Content-Range', `bytes */${size}`]],
  );
}
