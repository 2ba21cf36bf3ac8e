import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';

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
  /** Whether each request gets a connection of its own, as a command that is run once makes one. */
  isFresh?: boolean;
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
  const request = Buffer.from(target.request, 'latin1');
  const times: number[] = [];
  let left = target.requests;
  const startedAt = process.hrtime.bigint();
  async function keepAsking(): Promise<void> {
    let socket = target.isFresh ? undefined : await open(target);
    while (left-- > 0) {
      const sentAt = process.hrtime.bigint();
      socket ??= await open(target);
      await exchange(socket, request);
      times.push(Number(process.hrtime.bigint() - sentAt) / 1e6);
      if (!target.isFresh) continue;
      socket.destroy();
      socket = undefined;
    }
    socket?.destroy();
  }
  await Promise.all(Array.from({ length: target.connections }, keepAsking));
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { seconds, p50: at(0.5), p99: at(0.99) };
}

/** Sends a request and waits for the whole answer. */
function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const size = responseSize(pending);
      if (size === undefined || pending.length < size) return;
      socket.off('data', onData);
      socket.off('error', reject);
      socket.off('close', onClose);
      if (pending.toString('latin1', 0, 15).includes(' 200')) resolve();
      else reject(new Error(pending.toString()));
    };
    const onClose = () => reject(new Error('The connection was closed before the answer was whole.'));
    socket.on('data', onData);
    socket.once('error', reject);
    socket.once('close', onClose);
    socket.write(request);
  });
}

function responseSize(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(endOfHead);
  if (end < 0) return undefined;
  const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length !== undefined) return end + 4 + Number(length);
  const last = bytes.indexOf('0\r\n\r\n', end + 4, 'latin1');
  return last < 0 ? undefined : last + 5;
}

const contexts = new Map<string, SecureContext>();

/** A bundle of authorities takes longer to read than a handshake; tools read it once. */
function contextOf(ca: string): SecureContext {
  const known = contexts.get(ca);
  if (known) return known;
  contexts.set(ca, createSecureContext({ ca }));
  return contextOf(ca);
}

/** Some proxies answer CONNECT in pieces. */
async function readHead(socket: Socket): Promise<void> {
  for (let text = ''; !text.endsWith('\r\n\r\n'); ) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
  }
}

async function open({ port, ca, tunnelTo }: Target): Promise<Socket> {
  const socket = connectPlain({ port, host: '127.0.0.1', noDelay: true });
  // Between two requests nobody else listens.
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  if (tunnelTo !== undefined) {
    socket.write(`CONNECT ${tunnelTo}:443 HTTP/1.1\r\nHost: ${tunnelTo}\r\n\r\n`);
    await readHead(socket);
  }
  if (ca === undefined) return socket;
  const secureContext = contextOf(ca);
  const secured = connectTls({
    socket,
    secureContext,
    servername: tunnelTo ?? 'localhost',
    checkServerIdentity: () => undefined,
  });
  await new Promise((resolve, reject) => {
    secured.once('secureConnect', resolve);
    secured.once('error', reject);
  });
  secured.on('error', () => undefined);
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
