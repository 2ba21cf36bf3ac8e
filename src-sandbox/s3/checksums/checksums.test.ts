import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumAlgorithms, findAlgorithm } from './algorithms.ts';
import { checksumOfParts, checksumTypesOf } from './of-parts.ts';

async function digestOf(name: string, bytes: Uint8Array): Promise<Buffer> {
  const digester = findAlgorithm(name)?.create();
  digester?.update(bytes);
  return Buffer.from((await digester?.digest()) ?? []);
}

describe('the checksum algorithms', () => {
  // The check values of the catalogue of parametrised CRC algorithms, and those of the hashes' own documents.
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
    ['MD5', '25f9e794323b453885f5181f1b624d0b'],
    ['XXHASH64', '8cb841db40e6ae83'],
  ])('are those of the standards: %s of 123456789', async (name, hex) => {
    expect((await digestOf(name, Buffer.from('123456789'))).toString('hex')).toBe(hex);
  });

  it('give digests of the length that they say', async () => {
    for (const { name, length } of checksumAlgorithms)
      expect((await digestOf(name, Buffer.from('x'))).length).toBe(length);
  });
});

describe('the checksum of an object in parts', () => {
  const crcs = checksumAlgorithms.filter(({ crc }) => crc);

  it('of all bytes is the same as if they had come at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...crcs),
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 }),
        async (algorithm, pieces) => {
          const parts = await Promise.all(
            pieces.map(async (bytes) => ({
              size: bytes.length,
              checksum: (await digestOf(algorithm.name, bytes)).toString('base64'),
            })),
          );
          const whole = await digestOf(algorithm.name, Buffer.concat(pieces));
          expect(await checksumOfParts(algorithm, 'FULL_OBJECT', parts)).toBe(whole.toString('base64'));
        },
      ),
    );
  });

  it('of its parts’ checksums has their number behind it', async () => {
    const [a, b] = [await digestOf('SHA256', Buffer.from('a')), await digestOf('SHA256', Buffer.from('b'))];
    const parts = [a, b].map((digest) => ({ size: 1, checksum: digest.toString('base64') }));
    const sha256 = findAlgorithm('sha256');
    if (!sha256) throw new Error('no SHA256');
    const expected = (await digestOf('SHA256', Buffer.concat([a, b]))).toString('base64');
    expect(await checksumOfParts(sha256, 'COMPOSITE', parts)).toBe(`${expected}-2`);
  });

  it('is of all bytes where S3 has it no other way, and of the parts where it cannot be', () => {
    const types = Object.fromEntries(checksumAlgorithms.map((one) => [one.name, checksumTypesOf(one)]));
    expect(types).toMatchObject({
      CRC64NVME: ['FULL_OBJECT'],
      CRC32: ['COMPOSITE', 'FULL_OBJECT'],
      SHA256: ['COMPOSITE'],
    });
  });
});
