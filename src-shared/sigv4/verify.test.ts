import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { parseAmzDate } from './amz-date.ts';
import { parseAuthorization } from './authorization.ts';
import { signRequest } from './sign.ts';
import { emptyHash } from './signing-key.ts';
import { checkClock, readAuthorization, verifySignature } from './verify.ts';

const time = Date.UTC(2026, 0, 2, 3, 4, 5);
const keys = { accessKeyId: 'RGLOCALKEY000001', secretAccessKey: 'secret' };

function signed(extra: Header[] = [], signedHeaders: string[] = []) {
  const request = {
    method: 'POST',
    path: '/',
    query: '',
    headers: [['Host', 'dynamodb.eu-west-1.amazonaws.com'], ...extra] as Header[],
  };
  const scope = { service: 'dynamodb', region: 'eu-west-1', signedHeaders, payloadHash: emptyHash, time };
  return { ...request, headers: signRequest(request, scope, keys) };
}

function refusalOf(headers: readonly Header[]) {
  const read = readAuthorization(headers);
  return read.ok ? undefined : read;
}

describe('reading who signed', () => {
  it('says that an unsigned request is not signed', () => {
    expect(refusalOf([['Host', 'x']])).toMatchObject({ refusal: 'missing_authentication' });
  });

  it('takes the Date header in place of X-Amz-Date', () => {
    const headers = signed().headers.filter(([name]) => name !== 'X-Amz-Date');
    const read = readAuthorization([...headers, ['Date', 'Fri, 02 Jan 2026 03:04:05 GMT']]);
    expect(read).toMatchObject({ ok: true, time, amzDate: '20260102T030405Z' });
  });

  it('refuses a request whose date is not that of its scope', () => {
    const headers = signed().headers.map(
      ([name, value]): Header => [name, name === 'X-Amz-Date' ? '20260103T030405Z' : value],
    );
    expect(refusalOf(headers)).toMatchObject({ refusal: 'signature_mismatch' });
  });

  it('refuses headers that decide something and are not signed', () => {
    expect(refusalOf(signed([['X-Amz-Target', 'DynamoDB_20120810.Scan']]).headers)?.message).toContain('x-amz-target');
    expect(refusalOf(signed([['x-amz-content-sha256', emptyHash]]).headers)?.message).toContain('x-amz-content-sha256');
  });

  it('names another algorithm', () => {
    expect(parseAuthorization('Bearer abc')).toContain('"Bearer"');
    expect(parseAuthorization('AWS4-ECDSA-P256-SHA256 Credential=x')).toContain('AWS4-ECDSA-P256-SHA256');
  });

  it('does not need spaces after commas', () => {
    const spaced = `AWS4-HMAC-SHA256 Credential=AK/20260102/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'a'.repeat(64)}`;
    expect(parseAuthorization(spaced.replaceAll(', ', ','))).toEqual(parseAuthorization(spaced));
  });

  it('never throws, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof parseAuthorization(`AWS4-HMAC-SHA256 ${text}`)).toBe('string');
      }),
    );
  });
});

describe('verifying', () => {
  const request = signed([['X-Amz-Target', 'DynamoDB_20120810.GetItem']], ['x-amz-target']);
  const read = readAuthorization(request.headers);
  if (!read.ok) throw new Error(read.message);

  it('accepts what was signed', () => {
    expect(verifySignature(request, read, keys.secretAccessKey, emptyHash)).toBeUndefined();
  });

  it('refuses altered, added and removed signed headers', () => {
    const alter = (change: (header: Header) => Header[]) => ({ ...request, headers: request.headers.flatMap(change) });
    const target = 'X-Amz-Target';
    for (const change of [
      ([name, value]: Header): Header[] => [[name, name === target ? 'DynamoDB_20120810.DeleteTable' : value]],
      (header: Header): Header[] =>
        header[0] === target ? [header, [target, 'DynamoDB_20120810.DeleteTable']] : [header],
      (header: Header): Header[] => (header[0] === target ? [] : [header]),
    ]) {
      const altered = alter(change);
      expect(verifySignature(altered, read, keys.secretAccessKey, emptyHash)?.refusal).toBe('signature_mismatch');
    }
  });

  it('lets unsigned headers be', () => {
    const more = { ...request, headers: [...request.headers, ['User-Agent', 'anything'] as Header] };
    expect(verifySignature(more, read, keys.secretAccessKey, emptyHash)).toBeUndefined();
  });
});

describe('the clock', () => {
  const minutes = (n: number) => n * 60_000;

  it('allows five minutes either way', () => {
    expect(checkClock({ time }, time + minutes(5), 0)).toBeUndefined();
    expect(checkClock({ time }, time - minutes(5), 0)).toBeUndefined();
    expect(checkClock({ time }, time + minutes(5) + 1, 0)?.refusal).toBe('clock_skew');
    expect(checkClock({ time }, time - minutes(5) - 1, 0)?.refusal).toBe('clock_skew');
  });

  it("allows what is near AWS's clock when this machine's is wrong", () => {
    expect(checkClock({ time }, time + minutes(60), -minutes(60))).toBeUndefined();
    expect(checkClock({ time }, time, minutes(60))).toBeUndefined();
    expect(checkClock({ time }, time + minutes(30), -minutes(60))?.message).toContain('Signature expired');
  });

  it('reads dates and nothing else', () => {
    expect(parseAmzDate('20260102T030405Z')).toBe(time);
    for (const text of ['', '2026', '20261302T030405Z', 'yesterday', '1']) expect(parseAmzDate(text)).toBeUndefined();
  });
});
