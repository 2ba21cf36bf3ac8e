import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consolePageOf, consolePaths, consoleRegions, hrefOf } from './destination.ts';

const own = ['127.0.0.1:4567', 'localhost:4567'];

describe('the destination of a sign-in', () => {
  it.each([
    ['https://console.aws.amazon.com/', '/console/home', 'us-east-1'],
    ['https://console.aws.amazon.com/console/home?region=eu-west-1', '/console/home', 'eu-west-1'],
    ['https://console.aws.amazon.com/dynamodbv2/home?region=ca-central-1#tables', '/dynamodbv2/home', 'ca-central-1'],
    ['https://ca-central-1.console.aws.amazon.com/dynamodbv2/home', '/dynamodbv2/home', 'ca-central-1'],
    ['https://us-west-2.console.aws.amazon.com/s3/buckets?region=eu-west-3', '/console/home', 'eu-west-3'],
    ['https://console.aws.amazon.com/console/home?region=moon-1', '/console/home', 'us-east-1'],
    ['http://127.0.0.1:4567/dynamodbv2/home?region=eu-west-1', '/dynamodbv2/home', 'eu-west-1'],
    ['http://localhost:4567/', '/console/home', 'us-east-1'],
  ])('%s is %s in %s', (text, path, region) => {
    expect(consolePageOf(text, own)).toEqual({ path, region });
  });

  it.each([
    '',
    'nonsense',
    '//console.aws.amazon.com/',
    'http://console.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'https://console.aws.amazon.com.evil.example/',
    'https://evilconsole.aws.amazon.com/',
    'https://moon-1.console.aws.amazon.com/',
    'https://user@console.aws.amazon.com/',
    'https://127.0.0.1:4567/',
    'http://127.0.0.1:4568/',
    'http://127.0.0.1:4567@evil.example/',
    'http://user:pass@127.0.0.1:4567/',
    'javascript:alert(1)',
  ])('%j is refused', (text) => {
    expect(consolePageOf(text, own)).toBeUndefined();
  });

  it('only ever leads to a page of this console', () => {
    const anyUrl = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string(),
      fc.string().map((text) => `http://127.0.0.1:4567/${text}`),
    );
    const pages = consolePaths.flatMap((path) => consoleRegions.map((region) => `${path}?region=${region}`));
    fc.assert(
      fc.property(anyUrl, (text) => {
        const page = consolePageOf(text, own);
        if (page) expect(pages).toContain(hrefOf(page));
      }),
    );
  });
});
