import { deflateRawSync } from 'node:zlib';
import { ServiceError } from '../api/query-protocol.ts';
import { constraint, listIn, validationError } from './parameters.ts';

const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags of a session, and those of them that following sessions of a chain get too. */
export interface SessionTags {
  tags: ReadonlyMap<string, string>;
  transitive: ReadonlyMap<string, string>;
}

/**
 * `Tags` and `TransitiveTagKeys`, with what the calling session hands on. They are checked, counted and handed on; no
 * policy of the sandbox asks for them. Source: IAM User Guide, "Pass session tags in AWS STS".
 *
 * @param inherited the calling session's own transitive tags
 */
export function sessionTagsIn(parameters: URLSearchParams, inherited: ReadonlyMap<string, string>): SessionTags {
  const keys = listIn(parameters, 'Tags', '.Key');
  if (keys.length > maxTags)
    throw constraint(`${keys.length} members`, 'Tags', `Member must have length less than or equal to ${maxTags}`);
  const tags = new Map<string, string>();
  for (const [index, key] of keys.entries()) {
    const value = parameters.get(`Tags.member.${index + 1}.Value`) ?? '';
    checkTag(key, value, index + 1);
    if (hasKey(tags, key)) {
      throw validationError(`Duplicate tag keys found. Please note that Tag keys are case insensitive: ${key}`);
    }
    if (hasKey(inherited, key)) {
      throw validationError(
        `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${key}`,
      );
    }
    tags.set(key, value);
  }
  return { tags, transitive: transitiveTags(listIn(parameters, 'TransitiveTagKeys'), tags, inherited) };
}

function transitiveTags(
  keys: readonly string[],
  tags: ReadonlyMap<string, string>,
  inherited: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const transitive = new Map(inherited);
  for (const key of keys) {
    const value = tags.get(key);
    if (value === undefined) {
      throw validationError(`The specified transitive tag key must be included in the requested tags: ${key}`);
    }
    transitive.set(key, value);
  }
  return transitive;
}

function checkTag(key: string, value: string, number: number): void {
  const place = `tags.${number}.member`;
  if (key.length < 1 || key.length > maxKeyLength || !tagText.test(key)) {
    throw constraint(
      key,
      `${place}.key`,
      `Member must have a length of 1 to ${maxKeyLength} and satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+`,
    );
  }
  if (value.length > maxValueLength || !tagText.test(value)) {
    throw constraint(
      value,
      `${place}.value`,
      `Member must have a length of 0 to ${maxValueLength} and satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*`,
    );
  }
  if (/^aws:/i.test(key)) throw validationError(`Tag keys that begin with "aws:" are AWS's own: ${key}`);
}

function hasKey(tags: ReadonlyMap<string, string>, key: string): boolean {
  const lower = key.toLowerCase();
  for (const other of tags.keys()) if (other.toLowerCase() === lower) return true;
  return false;
}

/** What session policies and tags may come to when packed, in bytes. AWS keeps its own limit to itself. */
const maxPackedBytes = 2048;

/**
 * How much of the room for packed policies and tags is used, in per cent (`PackedPolicySize`).
 *
 * @throws ServiceError `PackedPolicyTooLarge`
 */
export function packedPolicySize(policyText: string, tags: ReadonlyMap<string, string>): number | undefined {
  if (policyText === '' && tags.size === 0) return undefined;
  const packed = deflateRawSync(policyText + JSON.stringify([...tags])).length;
  const percentage = Math.ceil((packed * 100) / maxPackedBytes);
  if (percentage <= 100) return percentage;
  throw new ServiceError(
    400,
    'PackedPolicyTooLarge',
    `Packed size of session tags and policies consumes ${percentage}% of allotted space.`,
  );
}
