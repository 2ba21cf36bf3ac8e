import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { readAuthorization, verifySignature } from '../../src-shared/sigv4/verify.ts';
import { run } from './command-line.ts';
import { python } from './requirements.ts';

/** botocore signs what nobody in their right mind would send, and we must read it as it meant it. */

const secretAccessKey = 'a-secret/with+signs';
const hostile = fc.stringMatching(/^[A-Za-z0-9 ~._%!'()*+,;=:@&$ü€-]{1,12}$/);
const request = fc.record({
  place: fc.constantFrom('header', 'query'),
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  service: fc.constantFrom('s3', 'dynamodb', 'lambda', 'sts'),
  segments: fc.array(hostile, { maxLength: 4 }),
  query: fc.array(fc.tuple(hostile, hostile), { maxLength: 4 }),
  // Few names, so that some come again and again.
  headers: fc.array(fc.tuple(fc.stringMatching(/^x-[ab]{1,2}$/), fc.stringMatching(/^[!-~]( {0,3}[!-~]){0,12}$/)), {
    maxLength: 6,
  }),
  usesDate: fc.boolean(),
  body: fc.string({ unit: fc.constantFrom('a', 'ü', '{', '\n'), maxLength: 20 }),
  expires: fc.integer({ min: 1, max: 604_800 }),
  sessionToken: fc.option(fc.constant('to/ken=='), { nil: undefined }),
});
const quoted = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

describe.skipIf(!python)('requests that botocore signs', () => {
  it('are accepted, and refused with anything changed', async () => {
    const samples = fc.sample(request, 400).map(({ segments, query, usesDate, ...rest }) => {
      // A presigned request covers no body.
      const body = rest.place === 'query' || rest.method === 'GET' ? '' : rest.body;
      const path = `/${segments.map(quoted).join('/')}`;
      const parameters = query.map(([name, value]) => `${quoted(name)}=${quoted(value)}`).join('&');
      const url = `https://example.amazonaws.com${path}${parameters === '' ? '' : `?${parameters}`}`;
      // botocore signs `Date`, and no `X-Amz-Date`, where there is one.
      const date: [string, string][] = usesDate && rest.place === 'header' ? [['Date', 'now']] : [];
      const headers = [...rest.headers, ...date];
      return { ...rest, headers, body, url, region: 'eu-west-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey };
    });
    const program = fileURLToPath(new URL('./botocore-signer.py', import.meta.url));
    const { code, stdout, stderr } = await run(python ?? '', [program], { input: JSON.stringify(samples) });
    if (code !== 0) throw new Error(stderr);
    const answers = JSON.parse(stdout) as { path: string; query: string; headers: [string, string][] }[];
    expect(answers).toHaveLength(samples.length);
    const names = answers.map(({ headers }) => headers.map(([name]) => name.toLowerCase()));
    expect(names.some((ofOne) => ofOne.includes('date') && !ofOne.includes('x-amz-date'))).toBe(true);
    expect(names.some((ofOne) => new Set(ofOne).size < ofOne.length)).toBe(true);

    for (const [index, signed] of answers.entries()) {
      const { method, body, service, place } = samples[index] ?? throwMissing();
      const headers: Header[] = [['Host', 'example.amazonaws.com'], ...signed.headers];
      const received = { method, path: wire(signed.path), query: wire(signed.query), headers };
      const read = readAuthorization(headers, received.query);
      if (!read.ok) throw new Error(`${read.message} ${JSON.stringify(samples[index])}`);
      const unsigned = place === 'query' && service === 's3' ? 'UNSIGNED-PAYLOAD' : undefined;
      const payloadHash = read.declaredPayload ?? unsigned ?? sha256Hex(new TextEncoder().encode(body));
      const verdict = verifySignature(received, read, secretAccessKey, payloadHash);
      expect(verdict, JSON.stringify(samples[index])).toBeUndefined();
      for (const altered of [
        { ...received, query: `${received.query}${received.query === '' ? '' : '&'}extra=1` },
        { ...received, path: `${received.path}x` },
        { ...received, method: `${method}X` },
      ]) {
        expect(verifySignature(altered, read, secretAccessKey, payloadHash)?.refusal).toBe('signature_mismatch');
      }
    }
  });
});

function wire(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function throwMissing(): never {
  throw new Error('botocore answered more than it was asked.');
}
