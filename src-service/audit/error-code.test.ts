import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorReply } from '../../src-shared/aws/error-shape.ts';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { awsErrorCode, errorHeadBytes } from './error-code.ts';

const bytes = (text: string) => Buffer.from(text);
const json: Header[] = [['Content-Type', 'application/x-amz-json-1.0']];

describe('the error code of an answer', () => {
  it.each([
    'awsJson1_0',
    'awsJson1_1',
    'awsQueryJson',
    'rpcV2Cbor',
    'restJson',
    'awsQuery',
    'restXml',
    'ec2',
    's3',
  ] as const)('is found in %s, whatever the message says', (protocol) => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (message) => {
        const { headers, body } = errorReply(protocol, {
          status: 400,
          code: 'ThrottlingException',
          message,
          requestId: 'r',
        });
        expect(awsErrorCode(headers, body.subarray(0, errorHeadBytes))).toBe('ThrottlingException');
      }),
    );
  });

  it.each<[string, readonly Header[], Buffer, string | undefined]>([
    [
      'a namespace',
      json,
      bytes('{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}'),
      'ResourceNotFoundException',
    ],
    [
      'an address after it',
      [['x-amzn-ErrorType', 'ValidationException:http://internal.amazon.com/x/']],
      bytes(''),
      'ValidationException',
    ],
    ['a header before the body', [['X-Amzn-Errortype', 'A']], bytes('{"__type":"B"}'), 'A'],
    ['a body that is cut off', json, bytes(`{"__type":"LongException","message":"${'x'.repeat(50)}`), 'LongException'],
    [
      'a message that looks like a code, in a body that is cut off',
      json,
      bytes('{"message":"{\\"__type\\":\\"Forged\\"}'),
      undefined,
    ],
    ['a nested type alone', json, bytes('{"reasons":{"code":"Inner"},"message":"x"}'), undefined],
    ['a compressed body', [...json, ['Content-Encoding', 'gzip']], gzipSync('{"__type":"Zipped"}'), 'Zipped'],
    [
      'a compressed body that is cut off',
      [...json, ['content-encoding', 'gzip']],
      gzipSync(`{"__type":"Zipped","message":"${Array.from({ length: 3_000 }, (_, n) => n).join()}"}`).subarray(
        0,
        2_000,
      ),
      'Zipped',
    ],
    [
      'a body that only claims to be compressed',
      [...json, ['content-encoding', 'gzip']],
      bytes('{"__type":"A"}'),
      undefined,
    ],
    ['no body', json, bytes(''), undefined],
    ['something that is no code', json, bytes('{"__type":"alice said hello"}'), undefined],
    ['control characters', [['x-amzn-errortype', 'A\u001b[31mB']], bytes(''), undefined],
    ['a web page', [], bytes('<html><title>502</title></html>'), undefined],
  ])('%s', (_, headers, head, code) => {
    expect(awsErrorCode(headers, head)).toBe(code);
  });

  it('never throws and never takes more than a code from what is no protocol of AWS', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('application/cbor', 'text/xml', 'x'),
        (body, type) => {
          expect(awsErrorCode([['content-type', type]], body) ?? 'none').toMatch(/^[A-Za-z][A-Za-z0-9._-]{0,127}$/);
        },
      ),
    );
  });
});
