import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHead, readHead } from './frame.ts';

/** A stream that delivers these bytes in pieces of the given sizes. */
function inPieces(bytes: Buffer, sizes: number[]): Readable {
  const pieces: Buffer[] = [];
  let position = 0;
  for (const size of sizes) {
    if (position >= bytes.length) break;
    pieces.push(bytes.subarray(position, position + size));
    position += size;
  }
  if (position < bytes.length) pieces.push(bytes.subarray(position));
  return Readable.from(pieces, { objectMode: false });
}

async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('a framed request', () => {
  it('comes apart into head and body, however it was cut on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.uint8Array({ maxLength: 500 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
        async (head, body, sizes) => {
          const stream = inPieces(Buffer.concat([encodeHead(head), body]), sizes);
          expect(await readHead(stream)).toEqual(JSON.parse(JSON.stringify(head)));
          expect(await allOf(stream)).toEqual(Buffer.from(body));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the head before the body has come', async () => {
    const stream = new PassThrough();
    stream.write(encodeHead({ a: 1 }));
    expect(await readHead(stream)).toEqual({ a: 1 });
    stream.end('body');
    expect((await allOf(stream)).toString()).toBe('body');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a length', Buffer.from([0, 0])],
    ['half a head', encodeHead({ a: 'long enough' }).subarray(0, 9)],
    ['a huge length', Buffer.from([255, 255, 255, 255, 1])],
    ['no JSON', Buffer.from([0, 0, 0, 3, 1, 2, 3])],
  ])('is refused when it is %s', async (_, bytes) => {
    await expect(readHead(Readable.from([bytes], { objectMode: false }))).rejects.toThrow('no forwarded request');
  });

  it('fails when the connection does', async () => {
    const stream = new PassThrough();
    const head = readHead(stream);
    stream.destroy(new Error('cut'));
    await expect(head).rejects.toThrow('cut');
  });

  it('refuses a head that no one should send', () => {
    expect(() => encodeHead('x'.repeat(600 * 1024))).toThrow('larger than 512 KiB');
  });
});
