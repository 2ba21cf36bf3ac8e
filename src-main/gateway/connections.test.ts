import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { signRequest } from '../../src-shared/sigv4/sign.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { holder, signedHeaders } from './testing/signed.ts';
import { awsHost, readAll, TestGateway } from './testing/test-gateway.ts';

/** What clients speak, and how the gateway takes it. */
let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

const modes = ['proxy', 'endpoint'] as const;
type Mode = (typeof modes)[number];

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** A connection on which TLS can begin: inside a tunnel, or to the endpoint. */
async function untilTls(mode: Mode) {
  const socket = await test.open(mode);
  if (mode === 'endpoint') return socket;
  socket.write(`CONNECT ${awsHost}:443 HTTP/1.1\r\nHost: ${awsHost}:443\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

/** Begins TLS with these protocols; the one that was agreed on, or what went wrong. */
async function negotiate(mode: Mode, ALPNProtocols: string[]): Promise<string> {
  const socket = await untilTls(mode);
  const servername = mode === 'proxy' ? awsHost : 'localhost';
  const secured = connectTls({ socket, servername, ca: test.caPem, ALPNProtocols });
  const outcome = await Promise.race([
    once(secured, 'secureConnect').then(() => String(secured.alpnProtocol)),
    once(secured, 'error').then(([error]) => (error as { code: string }).code),
  ]).catch((error: { code: string }) => error.code);
  secured.on('error', () => undefined);
  secured.destroy();
  return outcome;
}

describe.each(modes)('a client in %s mode', (mode) => {
  it('that offers HTTP/2 and HTTP/1.1 gets HTTP/1.1; one that only speaks HTTP/2 hears so in the handshake', async () => {
    expect(await negotiate(mode, ['h2', 'http/1.1'])).toBe('http/1.1');
    expect(await negotiate(mode, ['h2'])).toMatch(/NO_APPLICATION_PROTOCOL/);
  });

  it('that begins with HTTP/2 without asking is told to turn it off', async () => {
    const secured = await test.inside(mode);
    secured.write(preface);
    expect(await readAll(secured)).toMatch(/^HTTP\/1\.1 505[\s\S]*Turn off HTTP\/2/);
  });

  it('that sends garbage where TLS should begin is hung up on, and nobody else is harmed', async () => {
    for (const garbage of [
      Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff, 0x01]),
      Buffer.alloc(3000, 0x16),
      Buffer.alloc(70, 0),
    ]) {
      const socket = await untilTls(mode);
      socket.end(garbage);
      await readAll(socket).catch(() => '');
      expect(socket.destroyed).toBe(true);
    }
    expect((await test.send(mode)).status).toBe(200);
    expect(test.faults).toEqual([]);
  });

  it('may go by AWS’s clock, as it was in the last answer', async () => {
    const anHour = 3_600_000;
    const ahead = Date.now() + anHour;
    expect((await test.send(mode, { time: ahead })).status).toBe(403);
    const answer = test.answer;
    test.answer = () => ({ status: 200, headers: [['Date', new Date(ahead).toUTCString()]], body: Buffer.from('{}') });
    expect((await test.send(mode)).status).toBe(200);
    expect((await test.send(mode, { time: ahead })).status).toBe(200);
    // An answer with the right time puts it back.
    test.answer = () =>
      ({ ...answer(undefined as never, undefined as never), headers: [['Date', new Date().toUTCString()]] }) as never;
    expect((await test.send(mode)).status).toBe(200);
    expect((await test.send(mode, { time: ahead })).error?.message).toContain('not yet current');
  });

  it('may sign what other signers leave out, and send a header again and again', async () => {
    const host = test.hostOf(mode);
    const headers: Header[] = [
      ['Host', host],
      ['Content-Type', 'application/x-amz-json-1.0'],
      ['X-Amz-Target', 'DynamoDB_20120810.ListTables'],
      ['User-Agent', 'aws-sdk-java/1.12  Linux'],
      ['Content-Length', '2'],
      ['X-Repeated', ' one '],
      ['X-Repeated', 'two   three'],
      ['X-Repeated', 'one'],
    ];
    const scope = { service: 'dynamodb', region: 'us-east-1', payloadHash: sha256Hex('{}'), time: Date.now() };
    const signedNames = [...new Set(headers.map(([name]) => name.toLowerCase()))];
    const request = { method: 'POST', path: '/', query: '', headers };
    const signed = signRequest(request, { ...scope, signedHeaders: signedNames }, holder);
    const write = async (sent: readonly Header[]) => {
      const secured = await test.inside(mode);
      const lines = sent.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      secured.write(`POST / HTTP/1.1\r\n${lines}Connection: close\r\n\r\n{}`);
      return readAll(secured);
    };
    expect(await write(signed)).toMatch(/^HTTP\/1\.1 200/);
    expect(test.calls[0]?.call.headers.filter(([name]) => name === 'X-Repeated')).toHaveLength(3);
    expect(test.calls[0]?.call.signedHeaders).toContain('user-agent');
    // Another order of the same values is another request.
    const swapped = signed.map(
      ([name, value]): Header => [name, value === 'one' ? 'two   three' : value === 'two   three' ? 'one' : value],
    );
    expect(await write(swapped)).toMatch(/^HTTP\/1\.1 403/);
    const agent = signed.map(([name, value]): Header => [name, name === 'User-Agent' ? 'curl/8' : value]);
    expect(await write(agent)).toMatch(/^HTTP\/1\.1 403/);
  });

  it('may sign Expect and wait for its turn', async () => {
    const host = test.hostOf(mode);
    const plain = signedHeaders({ host, headers: [['Expect', '100-continue']] });
    const secured = await test.inside(mode);
    const lines = Object.entries(plain).map(([name, value]) => `${name}: ${value}\r\n`);
    secured.write(`POST / HTTP/1.1\r\n${lines.join('')}Content-Length: 2\r\nConnection: close\r\n\r\n`);
    const [first] = (await once(secured, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1\.1 100 Continue/);
    secured.write('{}');
    expect(await readAll(secured)).toMatch(/^HTTP\/1\.1 200/);
    // What AWS is asked with is a request of our own: nobody waits there.
    expect(test.calls[0]?.call.headers.map(([name]) => name.toLowerCase())).not.toContain('expect');
  });
});
