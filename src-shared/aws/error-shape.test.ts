import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsErrorReply, errorReply } from './error-shape.ts';
import type { ErrorProtocol } from './protocol.ts';

const text = (body: Uint8Array) => new TextDecoder().decode(body);

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

  it('is CBOR where a client speaks it', () => {
    const reply = awsErrorReply('rpcV2Cbor', { refusal: 'access_denied', message: 'No.', requestId: 'r-3' });
    expect(reply.headers).toEqual(
      expect.arrayContaining([
        ['Content-Type', 'application/cbor'],
        ['smithy-protocol', 'rpc-v2-cbor'],
      ]),
    );
    expect(Buffer.from(reply.body).toString('latin1')).toBe('\u00a2f__typeuAccessDeniedExceptiongmessagecNo.');
  });

  it('has the code of the query protocol in a header, for services that once spoke it', () => {
    const error = { refusal: 'access_denied', message: 'No.', requestId: 'r-4' } as const;
    for (const protocol of ['awsQueryJson', 'awsQueryCbor'] as const) {
      expect(awsErrorReply(protocol, error).headers).toContainEqual(['x-amzn-query-error', 'AccessDenied;Sender']);
    }
    expect(awsErrorReply('awsJson1_0', error).headers.map(([name]) => name)).not.toContain('x-amzn-query-error');
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
