import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Header, headerValue } from '../contracts/aws-call.ts';
import { signRequest } from './sign.ts';
import { sha256Hex } from './signing-key.ts';
import { readAuthorization, verifySignature } from './verify.ts';

/** AWS's own JavaScript signer is the oracle: what it signs we accept, and what we sign is what it would have signed. */

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret/with+signs', sessionToken: 'token==' };
const time = Date.UTC(2026, 4, 17, 8, 30, 15);

const segment = fc.stringMatching(/^[A-Za-z0-9 ~._%!'()*+,;=:@&$#ü€-]{1,12}$/);
const queryText = fc.stringMatching(/^[A-Za-z0-9 ~._%!'()*+,;=:@&$#/?ü€-]{0,12}$/);
const plainHeaders = fc.dictionary(
  fc.stringMatching(/^x-[a-z]{1,8}$/),
  fc.stringMatching(/^[!-~]( {0,3}[!-~]){0,12}$/),
  { maxKeys: 4 },
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  service: fc.constantFrom('s3', 'dynamodb', 'lambda', 'execute-api'),
  segments: fc.array(segment, { maxLength: 4 }),
  query: fc.dictionary(
    // The oracle itself loses a key named __proto__.
    queryText.filter((key) => key !== '' && key !== '__proto__'),
    fc.oneof(queryText, fc.array(queryText, { minLength: 1, maxLength: 3 })),
    {
      maxKeys: 4,
    },
  ),
  headers: plainHeaders,
  body: fc.string(),
});

describe('SigV4 against an independent signer', () => {
  it('accepts what it signs', async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ method, service, segments, query, headers, body }) => {
        // A client encodes its path once; that is what stands on the wire.
        const path = `/${segments.map(rfc3986).join('/')}`;
        const signed = await oracle(service).sign(
          {
            method,
            protocol: 'https:',
            hostname: 'example.amazonaws.com',
            path,
            query,
            headers: { host: 'example.amazonaws.com', ...headers },
            body,
          },
          { signingDate: new Date(time) },
        );
        const received = onTheWire(method, path, query, signed.headers);
        const read = readAuthorization(received.headers);
        if (!read.ok) throw new Error(read.message);
        expect(read.time).toBe(time);
        const payloadHash = sha256Hex(new TextEncoder().encode(body));
        expect(verifySignature(received, read, keys.secretAccessKey, payloadHash)).toBeUndefined();
        const forged = { ...received, query: `${received.query}&extra=1` };
        expect(verifySignature(forged, read, keys.secretAccessKey, payloadHash)?.refusal).toBe('signature_mismatch');
      }),
      { numRuns: 300 },
    );
  });

  it('signs what it signs', async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ method, service, segments: any, query, headers, body }) => {
        // Signers disagree about what a last `.` leaves behind (the verifier accepts both).
        const segments = any.filter((one) => !/^\.{1,2}$/.test(one));
        const path = `/${segments.map(rfc3986).join('/')}`;
        const payloadHash = sha256Hex(new TextEncoder().encode(body));
        const own = signRequest(
          {
            ...onTheWire(method, path, query, headers),
            headers: [
              ['Host', 'example.amazonaws.com'],
              ['x-amz-content-sha256', payloadHash],
              ...Object.entries(headers),
            ],
          },
          {
            service,
            region: 'eu-west-1',
            signedHeaders: ['x-amz-content-sha256', ...Object.keys(headers)],
            payloadHash,
            time,
          },
          keys,
        );
        const theirs = await oracle(service).sign(
          {
            method,
            protocol: 'https:',
            hostname: 'example.amazonaws.com',
            path,
            query,
            headers: { host: 'example.amazonaws.com', ...headers },
            body,
          },
          { signingDate: new Date(time) },
        );
        expect(headerValue(own, 'authorization')).toBe(theirs.headers['authorization']);
      }),
      { numRuns: 300 },
    );
  });
});

function oracle(service: string): SignatureV4 {
  return new SignatureV4({
    service,
    region: 'eu-west-1',
    credentials: keys,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
}

function onTheWire(
  method: string,
  path: string,
  query: Record<string, string | string[]>,
  headers: Record<string, string>,
) {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    [value].flat().map((one) => `${rfc3986(key)}=${rfc3986(one)}`),
  );
  return { method, path, query: pairs.join('&'), headers: Object.entries(headers) as readonly Header[] };
}

function rfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
