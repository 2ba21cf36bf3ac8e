import { describe, expect, it } from 'vitest';
import { callNames } from './call-names.ts';
import { calls } from './calls.ts';
import { line } from './common.ts';
import { forwardHead } from './service-api.ts';

describe('the registry of calls', () => {
  it('has the same names as the list that the preload uses', () => {
    expect(Object.keys(calls).sort()).toEqual([...callNames].sort());
  });

  it('takes no input that it does not know', () => {
    for (const name of callNames) {
      expect(calls[name].input.safeParse({ unheardOf: 1 }).success).toBe(false);
      expect(calls[name].input.safeParse(null).success).toBe(false);
    }
  });
});

describe('text from elsewhere', () => {
  it('is one line', () => {
    expect(line.safeParse('Orders (prod) – größer').success).toBe(true);
    for (const text of ['a\nb', '\u001b[31m', 'a\u2028b', 'x'.repeat(3000)])
      expect(line.safeParse(text).success).toBe(false);
  });
});

describe('a forwarded request', () => {
  const head = {
    requestId: 'request-1',
    appSessionId: 'session-1',
    method: 'POST',
    path: '/',
    query: '',
    headers: [['Host', 'dynamodb.us-east-1.amazonaws.com']],
    signedHeaders: ['host'],
    service: 'dynamodb',
    region: 'us-east-1',
    host: 'dynamodb.us-east-1.amazonaws.com',
    hasBody: true,
  };

  it('is checked field by field', () => {
    expect(forwardHead.safeParse(head).success).toBe(true);
    for (const wrong of [
      { method: 'po st' },
      { path: 'x' },
      { service: '../s3' },
      { payloadHash: 'short' },
      { extra: 1 },
    ]) {
      expect(forwardHead.safeParse({ ...head, ...wrong }).success).toBe(false);
    }
  });
});
