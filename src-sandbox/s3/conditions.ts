import { noSuchKey, preconditionFailed, S3Error } from './errors.ts';

/** The headers that make a request depend on the state of an object. */
export interface Conditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
  ifUnmodifiedSince?: string | undefined;
}

/** What conditions are compared with. */
export interface ObjectState {
  /** Without quotes. */
  etag: string;
  /** Milliseconds since the epoch. */
  modified: number;
}

/** Reads conditions from headers, with a prefix for those of a copy's source (`x-amz-copy-source-`). */
export function conditionsIn(header: (name: string) => string | undefined, prefix = ''): Conditions {
  return {
    ifMatch: header(`${prefix}if-match`),
    ifNoneMatch: header(`${prefix}if-none-match`),
    ifModifiedSince: header(`${prefix}if-modified-since`),
    ifUnmodifiedSince: header(`${prefix}if-unmodified-since`),
  };
}

/**
 * What a read's conditions come to. An `If-Match` that holds outdoes `If-Unmodified-Since`, an `If-None-Match`
 * outdoes `If-Modified-Since`. Source: S3 API Reference, "GetObject"; RFC 9110 §13.
 *
 * @returns `'not modified'` for status 304
 * @throws S3Error `PreconditionFailed`
 */
export function checkRead(conditions: Conditions, state: ObjectState): 'as it is' | 'not modified' {
  const { ifMatch, ifNoneMatch } = conditions;
  const modifiedSince = timeOf(conditions.ifModifiedSince);
  const unmodifiedSince = timeOf(conditions.ifUnmodifiedSince);
  if (ifMatch !== undefined) {
    if (!names(ifMatch, state.etag)) throw preconditionFailed('If-Match');
  } else if (unmodifiedSince !== undefined && seconds(state.modified) > seconds(unmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, state.etag) ? 'not modified' : 'as it is';
  if (modifiedSince !== undefined && seconds(state.modified) <= seconds(modifiedSince)) return 'not modified';
  return 'as it is';
}

/**
 * Checks the conditions on a copy's source: what would be "not modified" for a read is a failure here.
 *
 * @throws S3Error `PreconditionFailed`
 */
export function checkCopySource(conditions: Conditions, state: ObjectState): void {
  if (checkRead(conditions, state) === 'as it is') return;
  throw preconditionFailed(
    conditions.ifNoneMatch === undefined ? 'x-amz-copy-source-If-Modified-Since' : 'x-amz-copy-source-If-None-Match',
  );
}

/**
 * Checks the conditions on a write: `If-None-Match: *` wants no object there, `If-Match` a certain one.
 * Source: S3 User Guide, "How to prevent object overwrites with conditional writes".
 *
 * @param key as a person reads it
 * @throws S3Error `PreconditionFailed`, `NoSuchKey`, `NotImplemented`
 */
export function checkWrite({ ifMatch, ifNoneMatch }: Conditions, state: ObjectState | undefined, key: string): void {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') {
      throw new S3Error(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented', [
        ['Header', 'If-None-Match'],
      ]);
    }
    if (state) throw preconditionFailed('If-None-Match');
  }
  if (ifMatch === undefined) return;
  if (!state) throw noSuchKey(key);
  if (!names(ifMatch, state.etag)) throw preconditionFailed('If-Match');
}

/** Whether a list of entity tags has this one; quotes are optional, as S3 takes them. */
function names(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((one) => one.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
    .some((one) => one === '*' || one === etag);
}

/** A date that cannot be read is no condition (RFC 9110 §13.1.3). */
function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
