import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createHttpsServer, get, type Server as HttpsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import * as undici from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRoot, issueServerCertificate, newKeys, privateKeyPem } from '../x509/authority.ts';
import { connectThrough, outboundConnector } from './connect.ts';
import { directly, outboundThrough } from './outbound.ts';
import { sdkHandler } from './sdk-handler.ts';

describe('a connection through a proxy', () => {
  let target: TcpServer;
  let proxy: Server;
  const asked: { authority: string; authorization: string | undefined }[] = [];
  let answer: 'tunnel' | string;

  beforeEach(async () => {
    asked.length = 0;
    answer = 'tunnel';
    target = createTcpServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    proxy = createServer().listen(0, '127.0.0.1');
    proxy.on('connect', ({ url = '', headers }, socket: Socket) => {
      asked.push({ authority: url, authorization: headers['proxy-authorization'] });
      if (answer !== 'tunnel') return void socket.end(answer);
      const upstream = connect((target.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
    });
    await Promise.all([once(target, 'listening'), once(proxy, 'listening')]);
  });
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
    target.close();
  });

  const address = (user = '') => new URL(`http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`);

  it('carries bytes both ways, and says who asks', async () => {
    const socket = await connectThrough(address('me:p%40ss@'), 'dynamodb.us-east-1.amazonaws.com', 443, 5_000);
    socket.write('hello');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('hello');
    socket.destroy();
    expect(asked).toEqual([
      {
        authority: 'dynamodb.us-east-1.amazonaws.com:443',
        authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
      },
    ]);
  });

  it.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n', 407, 'user name and a password'],
    ['HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!', 403, 'let a.example through'],
  ])('that is refused says so: %j', async (text, status, hint) => {
    answer = text;
    await expect(connectThrough(address('me:secret@'), 'a.example', 443, 5_000)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        new RegExp(`^The proxy http://127\\.0\\.0\\.1:\\d+ refused.*\\(${status}\\)\\.$`),
      ) as string,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it('fails in words when nobody is there, or somebody who speaks no HTTP', async () => {
    answer = 'SSH-2.0-nothing\r\n';
    await expect(connectThrough(address(), 'a.example', 443, 5_000)).rejects.toThrow('cannot be reached');
    const gone = address();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    await expect(connectThrough(gone, 'a.example', 443, 5_000)).rejects.toThrow('cannot be reached');
  });

  describe('to a host with TLS', () => {
    const host = 'sts.eu-west-1.amazonaws.com';
    let secured: HttpsServer;
    let ca: string;

    beforeEach(async () => {
      const root = await createRoot('Test', 1, Date.now());
      ca = root.certificate.toString('pem');
      const keys = await newKeys();
      const certificate = await issueServerCertificate(root, { dns: [host] }, keys, 1, Date.now());
      secured = createHttpsServer(
        { key: await privateKeyPem(keys), cert: certificate.toString('pem') },
        (_, response) => response.end('by TLS'),
      ).listen(0, '127.0.0.1');
      await once(secured, 'listening');
      target.close();
      target = secured as unknown as TcpServer;
    });
    afterEach(() => secured.closeAllConnections());

    it('checks the certificate of the host, not of the proxy', async () => {
      const outbound = outboundThrough({ url: address().href });
      const agentWith = (options: { ca?: string }) =>
        new undici.Agent({ connect: outboundConnector(undici, outbound, { timeout: 5_000, ...options }) });
      const dispatcher = agentWith({ ca });
      const reply = await undici.request(`https://${host}/`, { dispatcher });
      expect(await reply.body.text()).toBe('by TLS');
      expect(asked.map(({ authority }) => authority)).toEqual([`${host}:443`]);
      await dispatcher.destroy();
      const distrustful = agentWith({});
      await expect(undici.request(`https://${host}/`, { dispatcher: distrustful })).rejects.toThrow();
      await distrustful.destroy();
    });

    it('is what the AWS SDK is given, where there is a proxy', async () => {
      expect(await sdkHandler(directly, host)).toBeUndefined();
      const handler = await sdkHandler(outboundThrough({ url: address().href }), host);
      const text = await new Promise<string>((resolve, reject) => {
        get({ host, port: 443, ca, agent: handler?.httpsAgent }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        }).on('error', reject);
      });
      expect(text).toBe('by TLS');
      handler?.httpsAgent.destroy();
    });
  });
});
