import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { encodeText } from './encoding.ts';
import { isPresigned, parsePresigned, withoutAuthParameters } from './presigned.ts';
import { presignQuery } from './sign.ts';
import { emptyHash } from './signing-key.ts';
import { checkClock, readAuthorization, verifySignature } from './verify.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret/with+signs', sessionToken: 'token==' };
const time = Date.UTC(2026, 4, 17, 8, 30, 15);
const host: Header = ['Host', 'bucket.s3.eu-west-1.amazonaws.com'];
const text = fc.stringMatching(/^[A-Za-z0-9 ~._%!'()*+,;=:@&$#/?ü€-]{0,12}$/);
const request = fc.record({
  service: fc.constantFrom('s3', 'sts', 'execute-api'),
  segments: fc.array(fc.stringMatching(/^[A-Za-z0-9 ~_%!'()*+,;=:@&$#ü€-]{1,12}$/), { maxLength: 4 }),
  query: fc.dictionary(
    text.filter((key) => key !== '' && key !== '__proto__' && !key.startsWith('X-Amz')),
    text,
    { maxKeys: 4 },
  ),
  expires: fc.integer({ min: 1, max: 604_800 }),
});

describe('presigned requests', () => {
  it('are accepted from an independent signer, and refused when altered', async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ service, segments, query, expires }) => {
        const path = `/${segments.map(rfc3986).join('/')}`;
        const signed = await oracle(service).presign(
          { method: 'GET', protocol: 'https:', hostname: host[1], path, query, headers: { host: host[1] } },
          { signingDate: new Date(time), expiresIn: expires },
        );
        const pairs = Object.entries(signed.query ?? {}).map(
          ([key, value]) => `${rfc3986(key)}=${rfc3986(`${value}`)}`,
        );
        const received = { method: 'GET', path, query: pairs.join('&'), headers: [host] };
        const read = readAuthorization(received.headers, received.query);
        if (!read.ok) throw new Error(read.message);
        expect(read).toMatchObject({ place: 'query', time, expires, securityToken: keys.sessionToken });
        const payloadHash = emptyHash;
        expect(verifySignature(received, read, keys.secretAccessKey, payloadHash)).toBeUndefined();
        for (const altered of [
          { ...received, query: `${received.query}&extra=1` },
          { ...received, method: 'PUT' },
          { ...received, headers: [['Host', 'elsewhere'] as Header] },
        ]) {
          expect(verifySignature(altered, read, keys.secretAccessKey, payloadHash)?.refusal).toBe('signature_mismatch');
        }
      }),
    );
  });

  it('are made as we read them, and their own parameters can be taken off again', () => {
    fc.assert(
      fc.property(request, ({ service, segments, query: parameters, expires }) => {
        const path = `/${segments.map(rfc3986).join('/')}`;
        const query = Object.entries(parameters)
          .map(([key, value]) => `${encodeText(wire(key))}=${encodeText(wire(value))}`)
          .join('&');
        const scope = { service, region: 'eu-west-1', signedHeaders: [], payloadHash: 'UNSIGNED-PAYLOAD', time };
        const unsigned = { method: 'GET', path, query, headers: [host] };
        const presigned = presignQuery(unsigned, scope, keys, expires);
        expect(withoutAuthParameters(presigned)).toBe(query);
        const received = { ...unsigned, query: presigned };
        const read = readAuthorization(received.headers, presigned);
        if (!read.ok) throw new Error(read.message);
        expect(verifySignature(received, read, keys.secretAccessKey, 'UNSIGNED-PAYLOAD')).toBeUndefined();
      }),
    );
  });

  it('hold from their date for as long as they say', () => {
    const read = { time, expires: 600 };
    expect(checkClock(read, time, 0)).toBeUndefined();
    expect(checkClock(read, time + 600_000, 0)).toBeUndefined();
    expect(checkClock(read, time + 600_001, 0)).toMatchObject({ refusal: 'expired_request' });
    expect(checkClock(read, time - 300_001, 0)?.message).toContain('not yet current');
  });

  it('say what is wrong with them', () => {
    const credential = 'X-Amz-Credential=AK%2F20260517%2Feu-west-1%2Fs3%2Faws4_request';
    const good = `X-Amz-Algorithm=AWS4-HMAC-SHA256&${credential}&X-Amz-Date=20260517T083015Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'a'.repeat(64)}`;
    expect(parsePresigned(good)).toMatchObject({ expires: 60, authorization: { signedHeaders: ['host'] } });
    for (const [query, words] of [
      [good.replace('Expires=60', 'Expires=604801'), '604800 seconds'],
      [good.replace('Expires=60', 'Expires=0'), '604800 seconds'],
      [`${good}&X-Amz-Signature=${'b'.repeat(64)}`, 'twice'],
      [good.replace(credential, 'X-Amz-Credential=AK'), 'X-Amz-Credential'],
      [good.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'), 'AWS4-ECDSA-P256-SHA256'],
      ['AWSAccessKeyId=AK&Signature=x&Expires=1', 's3v4'],
    ] as const) {
      expect(parsePresigned(query)).toContain(words);
      expect(isPresigned(query)).toBe(true);
    }
    const twice = readAuthorization([host, ['Authorization', 'AWS4-HMAC-SHA256 x']], good);
    expect(twice).toMatchObject({ ok: false, refusal: 'invalid_request' });
  });

  it('never make the reader throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => void parsePresigned(`X-Amz-Algorithm=&${query}`)));
  });
});

function oracle(service: string): SignatureV4 {
  return new SignatureV4({
    service,
    region: 'eu-west-1',
    credentials: keys,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: false,
  });
}

function wire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

function rfc3986(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
