import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathIndex } from './path-index.ts';

const index = pathIndex({
  '/': 'GET List,GET ListOther',
  '/things': 'GET ListThings,POST?operation=tag Tag,POST?operation=untag Untag,POST CreateThing',
  '/things/{}': 'GET GetThing,DELETE DeleteThing',
  '/things/special': 'GET GetSpecial',
  '/things/{}/parts/{}': 'GET GetPart',
  '/{}': 'GET ListObjects,GET?acl GetAcl,GET?list-type=2 ListObjectsV2,DELETE DeleteBucket',
  '/{}/{+}': 'PUT PutObject,PUT?acl PutAcl,PUT?partNumber=*&uploadId=* UploadPart,PUT+x-amz-copy-source CopyObject',
  '/arns/{+}/policy': 'GET GetPolicy',
});
const find = (method: string, path: string, query = '', headers: [string, string][] = []) =>
  index.find({ method, path, query, headers });

describe('an index of paths', () => {
  it.each([
    ['GET', '/things', 'ListThings'],
    ['GET', '/things/', 'ListThings'],
    ['GET', '/things/a%2Fb', 'GetThing'],
    ['GET', '/things/special', 'GetSpecial'],
    ['GET', '/things/%73pecial', 'GetSpecial'],
    ['DELETE', '/things/special', 'DeleteThing'],
    ['GET', '/things/a/parts/b', 'GetPart'],
    ['GET', '/things/special/parts/b', 'GetPart'],
    ['GET', '/bucket', 'ListObjects'],
    ['PUT', '/bucket/a/b//c', 'PutObject'],
    ['PUT', '/things/x/y', 'PutObject'],
    ['GET', '/arns/arn:aws:x/y/z/policy', 'GetPolicy'],
    ['GET', '/arns/a/policy/policy', 'GetPolicy'],
  ])('finds %s %s', (method, path, word) => {
    expect(find(method, path)).toEqual([word]);
  });

  it.each([
    ['POST', '/things', 'operation=untag', 'Untag'],
    ['POST', '/things', 'operation=other', 'CreateThing'],
    ['POST', '/things', '', 'CreateThing'],
    ['GET', '/bucket', 'acl', 'GetAcl'],
    ['GET', '/bucket', 'acl=', 'GetAcl'],
    ['GET', '/bucket', '%61cl', 'GetAcl'],
    ['GET', '/bucket', 'prefix=acl', 'ListObjects'],
    ['GET', '/bucket', 'prefix=x&list-type=2', 'ListObjectsV2'],
    ['PUT', '/bucket/key', 'partNumber=1&uploadId=u', 'UploadPart'],
    ['PUT', '/bucket/key', 'partNumber=1', 'PutObject'],
  ])('tells %s %s?%s apart', (method, path, query, word) => {
    expect(find(method, path, query)).toEqual([word]);
  });

  it('tells requests apart by a header', () => {
    expect(find('PUT', '/bucket/key', '', [['X-Amz-Copy-Source', '/a/b']])).toEqual(['CopyObject']);
  });

  it('finds nothing where nothing fits, or where two things are asked for', () => {
    expect(find('PATCH', '/things')).toEqual([]);
    expect(find('GET', '/things/')).toEqual(['ListThings']);
    expect(find('GET', '/things/a/parts')).toEqual([]);
    expect(find('DELETE', '/bucket', 'acl')).toEqual([]);
    expect(find('PUT', '/bucket/key', 'partNumber=1&uploadId=u&acl')).toEqual([]);
    expect(find('GET', 'no-slash')).toEqual(['List', 'ListOther']);
  });

  it('gives all that fit alike', () => {
    expect(find('GET', '/')).toEqual(['List', 'ListOther']);
  });

  it('takes anything, and does not throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), fc.string(), (method, path, query) => {
        expect(Array.isArray(find(method, path, query))).toBe(true);
      }),
    );
    for (const path of ['/'.repeat(16_000), `/${'a/'.repeat(8_000)}policy`, `/arns/${'policy/'.repeat(2_000)}x`]) {
      expect(Array.isArray(find('GET', path, '&'.repeat(10_000)))).toBe(true);
    }
    expect(find('GET', '/__proto__/constructor', '__proto__=1')).toEqual([]);
  });
});
