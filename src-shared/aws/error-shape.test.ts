import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsErrorReply, type ErrorProtocol, errorProtocolOf, errorReply } from './error-shape.ts';

const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe('the protocol of a request', () => {
  it.each([
    ['dynamodb', [], 'awsJson1_0'],
    ['dynamodb', [['Content-Type', 'application/x-amz-json-1.0']], 'awsJson1_0'],
    ['kms', [['content-type', 'application/x-amz-json-1.1']], 'awsJson1_1'],
    ['sts', [], 'awsQuery'],
    ['sqs', [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']], 'awsQuery'],
    ['ec2', [['Content-Type', 'application/x-www-form-urlencoded']], 'ec2'],
    ['s3', [], 's3'],
    ['route53', [], 'restXml'],
    ['lambda', [], 'restJson'],
    [undefined, [], 'restJson'],
  ] as [string | undefined, [string, string][], ErrorProtocol][])('%s %j → %s', (service, headers, protocol) => {
    expect(errorProtocolOf(service, headers)).toBe(protocol);
  });
});

describe('an error in AWS’s shape', () => {
  it('is JSON with __type for DynamoDB', () => {
    const reply = awsErrorReply('awsJson1_0', {
      refusal: 'signature_mismatch',
      message: 'No "match".',
      requestId: 'r-1',
    });
    expect(reply.status).toBe(403);
    expect(JSON.parse(text(reply.body))).toEqual({ __type: 'InvalidSignatureException', message: 'No "match".' });
    expect(reply.headers).toContainEqual(['x-amzn-RequestId', 'r-1']);
    expect(reply.headers).toContainEqual(['Content-Length', String(reply.body.length)]);
  });

  it('is XML for S3, STS and EC2, each in its own way', () => {
    const error = { refusal: 'access_denied', message: 'a < b & "c"', requestId: 'r-2' } as const;
    expect(text(awsErrorReply('s3', error).body)).toContain(
      '<Error><Code>AccessDenied</Code><Message>a &lt; b &amp; &quot;c&quot;',
    );
    expect(text(awsErrorReply('awsQuery', error).body)).toContain(
      '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied',
    );
    expect(text(awsErrorReply('ec2', error).body)).toContain('<Errors><Error><Code>AccessDenied');
    expect(awsErrorReply('s3', error).headers).toContainEqual(['x-amz-request-id', 'r-2']);
  });

  it('holds no markup and no control characters from elsewhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('s3', 'awsQuery', 'ec2', 'restXml'),
        (message, protocol) => {
          const body = text(
            errorReply(protocol as ErrorProtocol, { status: 400, code: 'X', message, requestId: 'r' }).body,
          );
          const inner = /<Message>([\s\S]*)<\/Message>/.exec(body)?.[1] ?? '';
          expect(inner).not.toMatch(/[<>"']/);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them.
          expect(inner).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        },
      ),
    );
  });
});
