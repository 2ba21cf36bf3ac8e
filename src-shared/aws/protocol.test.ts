import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { type ErrorProtocol, protocolOf } from './protocol.ts';

const json = (version: string): Header[] => [['Content-Type', `application/x-amz-json-1.${version}`]];
const form: Header[] = [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']];
const cbor: Header[] = [
  ['smithy-protocol', 'rpc-v2-cbor'],
  ['Content-Type', 'application/cbor'],
];

describe('the protocol of a request', () => {
  it.each([
    ['dynamodb', [], 'awsJson1_0'],
    ['dynamodb', json('0'), 'awsJson1_0'],
    ['kms', json('1'), 'awsJson1_1'],
    ['kms', [], 'awsJson1_1'],
    ['kms', [['X-Amz-Target', 'TrentService.Encrypt']], 'awsJson1_1'],
    ['states', [['X-Amz-Target', 'AWSStepFunctions.ListStateMachines']], 'awsJson1_0'],
    ['sts', [], 'awsQuery'],
    ['iam', [], 'awsQuery'],
    ['sqs', form, 'awsQuery'],
    ['sqs', json('0'), 'awsQueryJson'],
    ['sqs', [], 'awsQueryJson'],
    ['monitoring', cbor, 'awsQueryCbor'],
    ['monitoring', form, 'awsQuery'],
    ['monitoring', [], 'awsQueryJson'],
    ['arc-region-switch', cbor, 'rpcV2Cbor'],
    ['brand-new', cbor, 'rpcV2Cbor'],
    ['ec2', form, 'ec2'],
    ['ec2', [], 'ec2'],
    ['s3', [], 's3'],
    ['s3express', [], 's3'],
    ['route53', [], 'restXml'],
    ['cloudfront', [], 'restXml'],
    ['lambda', [], 'restJson'],
    ['ses', form, 'awsQuery'],
    ['brand-new', json('1'), 'awsJson1_1'],
    ['brand-new', [], 'restJson'],
    ['__proto__', [], 'restJson'],
    [undefined, [], 'restJson'],
    [undefined, form, 'awsQuery'],
  ] as [string | undefined, Header[], ErrorProtocol][])('%s %j → %s', (service, headers, protocol) => {
    expect(protocolOf(service, { headers })).toBe(protocol);
  });

  it('follows the path where services share a name', () => {
    const at = (path: string, query = '') => protocolOf('s3', { headers: [], method: 'GET', path, query });
    expect(at('/bucket/key')).toBe('s3');
    expect(at('/v20180820/jobs')).toBe('restXml');
    expect(protocolOf('mediastore', { headers: [], method: 'GET', path: '/folder/file' })).toBe('restJson');
    expect(protocolOf('sts', { headers: [], method: 'GET', path: '/', query: 'Action=GetCallerIdentity' })).toBe(
      'awsQuery',
    );
  });
});
