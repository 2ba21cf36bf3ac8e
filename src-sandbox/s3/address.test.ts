import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, readable, targetOf, wireText } from './address.ts';

describe('the host of a request', () => {
  it.each([
    ['127.0.0.1:18444', undefined, undefined],
    ['localhost', undefined, undefined],
    ['aws.example.test:4566', undefined, undefined],
    ['photos.localhost:18444', 'photos', undefined],
    ['photos.s3.localhost:18444', 'photos', undefined],
    ['s3.localhost', undefined, undefined],
    ['s3.amazonaws.com', undefined, undefined],
    ['S3.us-east-1.amazonaws.com', undefined, 'us-east-1'],
    ['photos.s3.amazonaws.com', 'photos', undefined],
    ['photos.s3.ca-central-1.amazonaws.com:443', 'photos', 'ca-central-1'],
    ['my.photos.s3.s3.eu-west-1.amazonaws.com', 'my.photos.s3', 'eu-west-1'],
    ['photos.s3-us-west-2.amazonaws.com', 'photos', 'us-west-2'],
    ['photos.s3.dualstack.eu-west-1.amazonaws.com', 'photos', 'eu-west-1'],
    ['photos.s3-fips.us-gov-west-1.amazonaws.com', 'photos', 'us-gov-west-1'],
    ['photos.s3.cn-north-1.amazonaws.com.cn', 'photos', 'cn-north-1'],
    ['photos.s3-accelerate.amazonaws.com', 'photos', undefined],
    ['fast--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com', 'fast--use1-az4--x-s3', 'us-east-1'],
    ['s3express-control.us-east-1.amazonaws.com', undefined, 'us-east-1'],
    ['bucket.vpce-0a1b-2c3d.s3.us-east-1.vpce.amazonaws.com', undefined, 'us-east-1'],
    ['photos.bucket.vpce-0a1b-2c3d.s3.us-east-1.vpce.amazonaws.com', 'photos', 'us-east-1'],
  ])('%s', (host, hostBucket, region) => {
    expect(addressOf(host)).toEqual({ hostBucket, region });
  });

  it.each([
    'dynamodb.us-east-1.amazonaws.com',
    '123456789012.s3-control.us-east-1.amazonaws.com',
    'point-123456789012.s3-accesspoint.us-east-1.amazonaws.com',
    'photos.s3-website-us-east-1.amazonaws.com',
  ])('is none of S3: %s', (host) => {
    expect(addressOf(host)).toBeUndefined();
  });
});

describe('a path', () => {
  const inPath = { hostBucket: undefined, region: undefined };
  const inHost = { hostBucket: 'photos', region: undefined };

  it('names bucket and key, or the key alone where the host names the bucket', () => {
    expect(targetOf(inPath, '/')).toEqual({ bucket: undefined, key: undefined });
    expect(targetOf(inPath, '/photos')).toEqual({ bucket: 'photos', key: undefined });
    expect(targetOf(inPath, '/photos/')).toEqual({ bucket: 'photos', key: undefined });
    expect(targetOf(inPath, '/photos/a/b')).toEqual({ bucket: 'photos', key: 'a/b' });
    expect(targetOf(inHost, '/')).toEqual({ bucket: 'photos', key: undefined });
    expect(targetOf(inHost, '/a/b')).toEqual({ bucket: 'photos', key: 'a/b' });
  });

  it('is taken byte by byte', () => {
    for (const [path, key] of [
      ['//a//b/', '/a//b/'],
      ['/../x', '../x'],
      ['/a%2Fb%25', 'a/b%'],
      ['/a+b', 'a+b'],
      ['/%C3%A9', wireText('é')],
    ] as const) {
      expect(targetOf(inPath, `/photos${path}`)?.key).toBe(key);
      expect(targetOf(inHost, path)?.key).toBe(key);
    }
    expect(targetOf(inHost, '/%ff')).toBeUndefined();
  });

  it('brings back any key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (key) => {
        const path = `/${encodeURIComponent(key)}`;
        expect(readable(targetOf(inHost, path)?.key ?? '')).toBe(key);
      }),
    );
  });
});
