import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** One way to reach the engine, as raw bytes: the load generator must cost as little as it can. */
export interface Target {
  port: number;
  /** PEM; plain TCP when absent. */
  ca?: string;
  /** Opens a tunnel to this host first. */
  tunnelTo?: string;
  /** A whole HTTP/1.1 request. */
  request: string;
  connections: number;
  requests: number;
}

export interface LoadResult {
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** Sends the same request over a number of connections, each with one request under way at a time. */
async function load(target: Target): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: target.connections }, () => open(target)));
  const request = Buffer.from(target.request, 'latin1');
  const times: number[] = [];
  let left = target.requests;
  const startedAt = process.hrtime.bigint();
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let pending = Buffer.alloc(0);
          let sentAt = 0n;
          const send = () => {
            if (left-- <= 0) return resolve();
            sentAt = process.hrtime.bigint();
            socket.write(request);
          };
          socket.on('data', (chunk) => {
            pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
            const size = responseSize(pending);
            if (size === undefined || pending.length < size) return;
            if (!pending.toString('latin1', 0, 15).includes(' 200')) reject(new Error(pending.toString()));
            pending = pending.subarray(size);
            times.push(Number(process.hrtime.bigint() - sentAt) / 1e6);
            send();
          });
          socket.on('error', reject);
          send();
        }),
    ),
  );
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  for (const socket of sockets) socket.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { seconds, p50: at(0.5), p99: at(0.99) };
}

function responseSize(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(endOfHead);
  if (end < 0) return undefined;
  const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length !== undefined) return end + 4 + Number(length);
  const last = bytes.indexOf('0\r\n\r\n', end + 4, 'latin1');
  return last < 0 ? undefined : last + 5;
}

async function open({ port, ca, tunnelTo }: Target): Promise<Socket> {
  const socket = connectPlain({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve) => socket.once('connect', resolve));
  if (tunnelTo !== undefined) {
    socket.write(`CONNECT ${tunnelTo}:443 HTTP/1.1\r\nHost: ${tunnelTo}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
  }
  if (ca === undefined) return socket;
  const secured = connectTls({ socket, ca, servername: tunnelTo ?? 'localhost', checkServerIdentity: () => undefined });
  await new Promise((resolve, reject) => {
    secured.once('secureConnect', resolve);
    secured.once('error', reject);
  });
  return secured;
}

process.on('message', (target: Target) => {
  load(target).then(
    (result) => process.send?.({ result }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.send?.({});
process.on('disconnect', () => process.exit());
