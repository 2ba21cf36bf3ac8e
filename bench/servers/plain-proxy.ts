import { mkdtempSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { answerUsage } from './usage.ts';

/** The baseline: the smallest Node proxy that takes TLS in and sends on with a pool, and neither verifies nor signs. */
const [upstream = ''] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: 64 });
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const { caFile, ...tls } = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now());

const server = createServer(tls, async (request, response) => {
  // Of the client's connection only; passed on, it would also end the pool's.
  const { connection: _, ...headers } = request.headers;
  const reply = await pool.request({
    method: request.method as 'POST',
    path: request.url ?? '/',
    headers,
    body: await bodyOf(request),
  });
  response.writeHead(reply.statusCode, reply.headers);
  reply.body.pipe(response);
});
/** Small bodies whole, which is what costs least; large ones as they come. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | IncomingMessage> {
  if (Number(request.headers['content-length']) > 64 * 1024) return request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
answerUsage({ port: (server.address() as AddressInfo).port, ca: readFileSync(caFile, 'utf8') });
