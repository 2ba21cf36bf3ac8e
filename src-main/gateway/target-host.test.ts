import { describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import type { KeyHolder } from './key-holder.ts';
import { targetHost } from './target-host.ts';

const holder = { plainHttp: false } as KeyHolder;
const endpoint = { mode: 'endpoint', port: 23457, isPlain: false } as const;
const scope = (service: string, region: string) => ({ date: '20260101', region, service });
const request = (host: string, more: { path?: string; headers?: Header[] } = {}) => ({
  method: 'POST',
  path: more.path ?? '/',
  query: '',
  headers: [['Host', host] as Header, ...(more.headers ?? [])],
});
const here = '127.0.0.1:23457';

describe('where a request goes', () => {
  it('follows its scope and what it asks for, in endpoint mode', () => {
    const streams: Header = ['X-Amz-Target', 'DynamoDBStreams_20120810.ListStreams'];
    expect(
      targetHost(endpoint, holder, scope('dynamodb', 'eu-west-1'), request(here, { headers: [streams] })),
    ).toMatchObject({
      host: 'streams.dynamodb.eu-west-1.amazonaws.com',
      region: 'eu-west-1',
    });
    const invocation = request(here, { path: '/endpoints/mine/invocations' });
    expect(targetHost(endpoint, holder, scope('sagemaker', 'eu-west-1'), invocation)).toMatchObject({
      host: 'runtime.sagemaker.eu-west-1.amazonaws.com',
    });
  });

  it('is signed for a global service’s own region', () => {
    expect(targetHost(endpoint, holder, scope('iam', 'eu-west-1'), request(here))).toMatchObject({
      host: 'iam.amazonaws.com',
      region: 'us-east-1',
    });
  });

  it('has the bucket in its name, where a client of S3 has put it there', () => {
    const at = (host: string, service = 's3') =>
      targetHost(endpoint, holder, scope(service, 'eu-west-1'), request(host, { path: '/key' }));
    expect(at('my.bucket.localhost:23457').host).toBe('my.bucket.s3.eu-west-1.amazonaws.com');
    expect(at('localhost:23457').host).toBe('s3.eu-west-1.amazonaws.com');
    expect(() => at('bucket.localhost:23457', 'dynamodb')).toThrow(/Only S3/);
    for (const host of [
      'bucket.localhost:23458',
      'bucket.localhost',
      '.localhost:23457',
      'a..b.localhost:23457',
      'bucket.evil.tld:23457',
      'bucket.localhost.evil.tld:23457',
      'user@x.localhost:23457',
      'x/y.localhost:23457',
      'bucket.127.0.0.1:23457',
    ]) {
      expect(() => at(host)).toThrow(/127\.0\.0\.1 and localhost only/);
    }
  });

  it('is refused, with the reason, where only the proxy can take it', () => {
    const query: Header = ['X-Amz-Target', 'Timestream_20181101.Query'];
    const ask = () =>
      targetHost(endpoint, holder, scope('timestream', 'eu-west-1'), request(here, { headers: [query] }));
    expect(ask).toThrow(/HTTPS proxy/);
    expect(() => targetHost(endpoint, holder, scope('iam', 'mars-north-1'), request(here))).toThrow(
      /not an AWS region/,
    );
  });

  it('is the tunnel’s host in proxy mode, with the region of the scope', () => {
    const entry = { mode: 'proxy', host: 'iam.amazonaws.com' } as const;
    expect(targetHost(entry, holder, scope('iam', 'us-east-1'), request('iam.amazonaws.com'))).toEqual({
      host: 'iam.amazonaws.com',
      region: 'us-east-1',
    });
    expect(() => targetHost(entry, holder, scope('iam', 'us-east-1'), request('sts.amazonaws.com'))).toThrow(/tunnel/);
  });
});
