import { invalidArgument, S3Error } from './errors.ts';
import { child, childText, malformedXml, readXml } from './xml-reader.ts';

/** The tags of an object. Source: Amazon S3 User Guide, "Categorizing your objects using tags". */
export type Tags = readonly (readonly [key: string, value: string])[];

const maxTags = 10;
const maxKeyLength = 128;
const maxValueLength = 256;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags as they come in a header, `team=checkout&stage=demo`. */
export function tagsInHeader(header: string | undefined): Tags {
  if (header === undefined) return [];
  const parsed = [...new URLSearchParams(header)];
  if (parsed.length > maxTags) throw invalidArgument('Object tags cannot be greater than 10', 'x-amz-tagging', header);
  return checkTags(parsed);
}

/** Tags as they come in the body of PutObjectTagging. */
export function tagsInXml(body: Buffer): Tags {
  const set = child(readXml(body, 'Tagging'), 'TagSet');
  if (!set) throw malformedXml();
  const tags = set.children.map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''] as const);
  if (tags.length > maxTags) throw new S3Error(400, 'BadRequest', 'Object tags cannot be greater than 10');
  return checkTags(tags);
}

function checkTags(tags: Tags): Tags {
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw new S3Error(400, 'InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  for (const [key, value] of tags) {
    if (key === '' || key.length > maxKeyLength || !tagText.test(key)) {
      throw new S3Error(400, 'InvalidTag', 'The TagKey you have provided is invalid', [['TagKey', key]]);
    }
    if (value.length > maxValueLength || !tagText.test(value)) {
      throw new S3Error(400, 'InvalidTag', 'The TagValue you have provided is invalid', [['TagValue', value]]);
    }
  }
  return tags;
}
