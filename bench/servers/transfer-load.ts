import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { formatAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { ChunkEncoder, encodedLength } from '../../src-shared/sigv4/chunk-encoder.ts';
import { type SigningKeys, signHeaders } from '../../src-shared/sigv4/sign.ts';
import { signingKey } from '../../src-shared/sigv4/signing-key.ts';

export const transferModes = ['GET', 'unsigned', 'hash', 'chunks'] as const;
export type TransferMode = (typeof transferModes)[number];

/** One large upload or download through a port of this machine. */
export interface Transfer {
  port: number;
  ca: string;
  mode: TransferMode;
  bytes: number;
  keys: SigningKeys;
}

const block = Buffer.alloc(64 * 1024, 'x');

async function transfer({ port, ca, mode, bytes, keys }: Transfer): Promise<number> {
  const declared = { GET: emptyHash(), unsigned: 'UNSIGNED-PAYLOAD', hash: hashOf(bytes), chunks }[mode];
  const headers: Header[] = [
    ['Host', `127.0.0.1:${port}`],
    ['x-amz-content-sha256', declared],
    ...(mode === 'chunks' ? [['x-amz-decoded-content-length', String(bytes)] as Header] : []),
  ];
  const method = mode === 'GET' ? 'GET' : 'PUT';
  const query = mode === 'GET' ? `bytes=${bytes}` : '';
  const time = Date.now();
  const scope = {
    service: 's3',
    region: 'us-east-1',
    payloadHash: declared,
    time,
    signedHeaders: headers.map(([name]) => name.toLowerCase()),
  };
  const signed = signHeaders({ method, path: '/bucket/key', query, headers }, scope, keys);
  const length = mode === 'chunks' ? encodedLength(bytes, []) : bytes;
  const startedAt = process.hrtime.bigint();
  const outgoing = request({
    port,
    ca,
    host: '127.0.0.1',
    method,
    path: query === '' ? '/bucket/key' : `/bucket/key?${query}`,
    headers: [...signed.headers, ...(method === 'PUT' ? [['Content-Length', String(length)] as Header] : [])].flat(),
    agent: false,
  });
  const answered = once(outgoing, 'response') as Promise<[Readable & { statusCode?: number }]>;
  if (method === 'PUT') {
    const amzDate = formatAmzDate(time);
    const keyScope = { date: amzDate.slice(0, 8), region: 'us-east-1', service: 's3' };
    const signing = {
      key: signingKey(keys.secretAccessKey, keyScope),
      amzDate,
      scope: keyScope,
      seedSignature: signed.signature,
    };
    const source = Readable.from(blocks(bytes), { objectMode: false });
    if (mode === 'chunks') await pipeline(source, new ChunkEncoder(signing), outgoing);
    else await pipeline(source, outgoing);
  } else outgoing.end();
  const [answer] = await answered;
  let received = 0;
  for await (const chunk of answer) received += (chunk as Buffer).length;
  if (answer.statusCode !== 200 || (mode === 'GET' && received !== bytes)) throw new Error(`HTTP ${answer.statusCode}`);
  return Number(process.hrtime.bigint() - startedAt) / 1e9;
}

const chunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= block.length) yield left < block.length ? block.subarray(0, left) : block;
}

const hashes = new Map<number, string>();
function hashOf(bytes: number): string {
  const known = hashes.get(bytes);
  if (known) return known;
  const hash = createHash('sha256');
  for (const part of blocks(bytes)) hash.update(part);
  hashes.set(bytes, hash.digest('hex'));
  return hashOf(bytes);
}
const emptyHash = () => createHash('sha256').digest('hex');

process.on('message', (one: Transfer) => {
  transfer(one).then(
    (seconds) => process.send?.({ seconds }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.send?.({});
process.on('disconnect', () => process.exit());
