import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for S3 in the transfer bench: swallows what is put, and gives as many bytes as are asked for. */
const block = Buffer.alloc(64 * 1024, 'x');

const server = createServer((request, response) => {
  if (request.method === 'PUT') {
    request.resume().once('end', () => response.end());
    return;
  }
  let left = Number(new URL(request.url ?? '/', 'http://sink').searchParams.get('bytes'));
  response.writeHead(200, { 'content-length': left });
  const more = () => {
    while (left > 0) {
      const part = left < block.length ? block.subarray(0, left) : block;
      left -= part.length;
      if (!response.write(part)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
process.send?.({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
process.on('disconnect', () => process.exit());
