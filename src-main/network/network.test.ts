import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ProxyChoice, proxyChoice } from '../../src-shared/contracts/network.ts';
import {
  certificatePem,
  createRoot,
  issueServerCertificate,
  newKeys,
  privateKeyPem,
} from '../../src-shared/x509/authority.ts';
import { openSettings, type SettingsStore } from '../home/settings.ts';
import { openSecretStore, type SecretStore } from '../session/secret-store.ts';
import { openNetwork } from './network.ts';

const stsHost = 'sts.us-east-1.amazonaws.com';

/** The proxy of a network, behind which somebody answers as AWS. */
let proxy: Server;
let proxyAddress: string;
let aws: TlsServer;
let ca: string;
let asked: { to: string; authorization: string | undefined }[];
let status: number;

beforeAll(async () => {
  const root = await createRoot('Test root', 10, Date.now());
  const keys = await newKeys();
  const leaf = await issueServerCertificate(root, { dns: [stsHost] }, keys, 10, Date.now());
  ca = certificatePem(root.certificate);
  aws = createTlsServer({ cert: certificatePem(leaf), key: await privateKeyPem(keys) }).listen(0, '127.0.0.1');
  aws.on('tlsClientError', () => undefined);
  await once(aws, 'listening');
  proxy = createServer().listen(0, '127.0.0.1');
  proxy.on('connect', ({ url = '', headers }, socket) => {
    asked.push({ to: url, authorization: headers['proxy-authorization'] });
    socket.write(`HTTP/1.1 ${status} Whatever\r\n\r\n`);
    if (status !== 200) return void socket.end();
    const behind = connect((aws.address() as AddressInfo).port, '127.0.0.1');
    socket.pipe(behind).pipe(socket);
    for (const one of [socket, behind]) one.on('error', () => undefined);
  });
  await once(proxy, 'listening');
  proxyAddress = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
  aws.close();
});

let folder: string;
let settings: SettingsStore;
let secrets: SecretStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-network-'));
  settings = await openSettings(join(folder, 'settings.json'));
  secrets = await openSecretStore({ wanted: 'memory', homeId: 'test', file: '' });
  asked = [];
  status = 200;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (environment: NodeJS.ProcessEnv = {}) => openNetwork({ settings, secrets, environment, ca });
const own = (more: Partial<Extract<ProxyChoice, { use: 'own' }>> = {}): ProxyChoice => ({
  use: 'own',
  url: proxyAddress,
  user: '',
  except: '',
  ...more,
});

describe('the way out that was chosen', () => {
  it('is the environment’s at first, whose password is not shown', async () => {
    const network = await open({ HTTPS_PROXY: 'http://user:secret@proxy.example:3128', NO_PROXY: '.example.com' });
    expect(network.view()).toEqual({
      use: 'environment',
      environment: { url: 'http://proxy.example:3128', except: '.example.com' },
    });
    expect(network.outbound.proxyFor('a.b', 443)?.password).toBe('secret');
  });

  it('holds at once for whoever has it already, and after the next start', async () => {
    const { outbound, choose } = await open({ HTTPS_PROXY: 'http://proxy.example:3128' });
    await choose(own({ except: 'internal.example' }));
    expect(outbound.proxyFor('a.b', 443)?.origin).toBe(proxyAddress);
    expect(outbound.proxyFor('x.internal.example', 443)).toBeUndefined();
    await choose({ use: 'none' });
    expect(outbound.proxyFor('a.b', 443)).toBeUndefined();
    expect((await open({ HTTPS_PROXY: 'http://proxy.example:3128' })).view().use).toBe('none');
    await choose({ use: 'environment' });
    expect(outbound.proxyFor('a.b', 443)?.host).toBe('proxy.example:3128');
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).not.toHaveProperty('upstreamProxy');
  });

  it('keeps the password with the secrets, and tells nobody', async () => {
    const network = await open();
    await network.choose(own({ user: 'al ice', password: 'p@ss/w%rd' }));
    const view = { use: 'own', own: { url: proxyAddress, user: 'al ice', hasPassword: true, except: '' } };
    expect(network.view()).toMatchObject(view);
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toContain('p@ss');
    const later = await open();
    expect(later.view()).toMatchObject(view);
    expect(decodeURIComponent(later.outbound.proxyFor('a.b', 443)?.password ?? '')).toBe('p@ss/w%rd');
  });

  it('keeps a password while proxy and user are the same, and gives it to no other', async () => {
    const network = await open();
    await network.choose(own({ user: 'alice', password: 'secret' }));
    await network.choose(own({ user: 'alice', except: 'a.example' }));
    expect(network.view().own?.hasPassword).toBe(true);
    await network.check(own({ user: 'alice', url: proxyAddress.replace('127.0.0.1', 'localhost') }));
    expect(asked.at(-1)?.authorization).toBe(`Basic ${Buffer.from('alice:').toString('base64')}`);
    await network.choose(own({ user: 'bob' }));
    expect(network.view().own?.hasPassword).toBe(false);
    await network.choose(own({ user: 'alice', password: 'secret' }));
    await network.choose({ use: 'none' });
    expect(await secrets.get('upstream-proxy')).toBeUndefined();
  });

  it('may have been written into the settings by hand, password and all', async () => {
    await settings.update({ upstreamProxy: { url: 'http://alice:secret@proxy.example:3128' } });
    const network = await open();
    expect(network.view().own).toEqual({
      url: 'http://proxy.example:3128',
      user: 'alice',
      hasPassword: true,
      except: '',
    });
    await network.choose(own({ url: 'proxy.example:3128', user: 'alice', except: 'x.example' }));
    expect(network.outbound.proxyFor('a.b', 443)?.password).toBe('secret');
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toContain('secret');
  });

  it('is an HTTP proxy’s address, without a password in it', () => {
    expect(proxyChoice.safeParse(own({ url: 'proxy.example:3128' })).success).toBe(true);
    for (const url of ['', 'socks5://proxy:1080', 'http://', 'http://user:secret@proxy:1', 'http://a b', 'x\ny']) {
      expect([url, proxyChoice.safeParse(own({ url })).success]).toEqual([url, false]);
    }
  });
});

describe('trying a choice', () => {
  it('says that AWS is reached, and through what, without choosing it', async () => {
    const network = await open();
    expect(await network.check(own({ user: 'alice', password: 'secret' }))).toEqual([
      { host: stsHost, through: proxyAddress },
    ]);
    const authorization = `Basic ${Buffer.from('alice:secret').toString('base64')}`;
    expect(asked).toEqual([{ to: `${stsHost}:443`, authorization }]);
    expect(network.view().use).toBe('environment');
  });

  it('says what the proxy said when it refuses', async () => {
    status = 407;
    expect((await (await open()).check(own()))[0]?.error).toMatchObject({
      code: 'unavailable',
      message: `The proxy ${proxyAddress} refused a connection to ${stsHost} (407).`,
      hint: expect.stringContaining('user name and a password') as string,
    });
  });

  it('says that the proxy cannot be reached', async () => {
    const gone = createPlainServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const [reached] = await (await open()).check(own({ url: `http://127.0.0.1:${port}` }));
    expect(reached?.error?.message).toBe(`The proxy http://127.0.0.1:${port} cannot be reached.`);
  });

  it('says that somebody else’s certificate answers, and what to do', async () => {
    const network = await openNetwork({ settings, secrets, environment: {} });
    expect((await network.check(own()))[0]?.error).toMatchObject({
      message: expect.stringContaining('does not trust') as string,
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
  });

  it('tries the app-service too, where that is elsewhere', async () => {
    await settings.update({ way: 'server', server: { url: 'https://rolegate.example:8443' } });
    const reached = await (await open()).check(own());
    expect(reached.map(({ host, error }) => [host, error?.message])).toEqual([
      ['rolegate.example', undefined],
      [stsHost, undefined],
    ]);
    expect(asked.map(({ to }) => to)).toContain('rolegate.example:8443');
  });
});
