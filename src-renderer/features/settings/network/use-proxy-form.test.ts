import { describe, expect, it } from 'vitest';
import { addressProblem } from './use-proxy-form.ts';

describe('a proxy’s address', () => {
  it.each(['', ' ', 'proxy:3128', 'http://proxy.example.com:3128', 'https://10.0.0.1', 'http://[::1]:8080/'])(
    '%j is in order',
    (text) => expect(addressProblem(text)).toBeUndefined(),
  );
  it.each([
    ['socks5://proxy:1080', 'no address of an HTTP proxy'],
    ['http://', 'no address'],
    ['a b', 'no address'],
    ['http://user:secret@proxy:1', 'fields of their own'],
    ['user@proxy:1', 'fields of their own'],
    ['http://proxy:1/path', 'follow the port'],
    ['http://proxy:1?x', 'follow the port'],
  ])('%j is not: %s', (text, words) => expect(addressProblem(text)).toContain(words));
});
