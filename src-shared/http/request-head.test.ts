import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Body, Header } from '../contracts/aws-call.ts';
import { requestHead } from './request-head.ts';

const head = (method: string, headers: Header[], body: Body, target = '/') =>
  requestHead({ origin: 'http://host:8000', method, target, headers }, body);

describe('the head of a request', () => {
  it('says how long the body is where nobody has', () => {
    expect(head('PUT', [['Host', 'h']], Buffer.from('four'))).toBe(
      'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n',
    );
    expect(head('POST', [], null)).toBe('POST / HTTP/1.1\r\nHost: host:8000\r\nContent-Length: 0\r\n\r\n');
    expect(head('GET', [], null)).toBe('GET / HTTP/1.1\r\nHost: host:8000\r\n\r\n');
    expect(head('PUT', [], Readable.from([]))).toContain('\r\nTransfer-Encoding: chunked\r\n\r\n');
    expect(head('PUT', [['content-length', '4']], Readable.from([]))).toBe(
      'PUT / HTTP/1.1\r\ncontent-length: 4\r\nHost: host:8000\r\n\r\n',
    );
  });

  it.each<[string, () => string]>([
    ['a line break in a value', () => head('GET', [['a', 'b\r\nc: d']], null)],
    ['a line break in a name', () => head('GET', [['a\r\nb', 'c']], null)],
    ['a line break in the path', () => head('GET', [], null, '/\r\na: b')],
    ['a space in the path', () => head('GET', [], null, '/ HTTP/1.1')],
    ['a space in the method', () => head('GET /', [], null)],
    ['a character that is no byte', () => head('GET', [['a', '\u010a']], null)],
    [
      'two lengths',
      () =>
        head(
          'PUT',
          [
            ['content-length', '1'],
            ['Content-Length', '1'],
          ],
          Buffer.from('x'),
        ),
    ],
    ['a length that is none', () => head('PUT', [['content-length', '1 ']], Buffer.from('x'))],
    ['a length of another body', () => head('PUT', [['content-length', '2']], Buffer.from('x'))],
    ['a length of no body', () => head('GET', [['content-length', '2']], null)],
    ['a framing of its own', () => head('PUT', [['Transfer-Encoding', 'chunked']], Readable.from([]))],
  ])('is not made with %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });
});
