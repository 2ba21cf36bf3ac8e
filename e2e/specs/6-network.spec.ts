import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { openSettings } from '../../src-main/home/settings.ts';
import { test as base, expect } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

/** The proxy of a network: remembers where it was asked to lead, and by whom. */
interface NetworkProxy {
  address: string;
  asked: { to: string; authorization: string | undefined }[];
  /** What it answers. */
  status: number;
}

const test = base.extend<{ network: NetworkProxy }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  network: async ({}, use) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy: NetworkProxy = { address, asked: [], status: 200 };
    server.on('connect', ({ url = '', headers }, socket) => {
      proxy.asked.push({ to: url, authorization: headers['proxy-authorization'] });
      socket.on('error', () => undefined);
      socket.end(`HTTP/1.1 ${proxy.status} Whatever\r\n\r\n`);
    });
    await use(proxy);
    server.closeAllConnections();
    server.close();
  },
});

/** What the gateway says to a tool that wants a tunnel. */
async function askForTunnel(port: number, host: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test.describe('the proxy of one’s network', () => {
  test('is tried, used at once by what goes on, and remembered with its password', async ({
    app,
    network: proxy,
    launch,
    home,
  }) => {
    const { ports } = (await openSettings(home.settingsFile)).get();
    await app.startWork();
    await app.openSettings('Network');
    await expect(app.page.getByRole('radio', { name: 'As the environment says' })).toBeChecked();
    await app.page.getByRole('radio', { name: 'Through this proxy' }).check();
    await app.page.getByLabel('Address').fill(proxy.address);
    await app.page.getByLabel('User name').fill('alice');
    await app.page.getByLabel('Password').fill('p@ss w%rd');

    proxy.status = 407;
    await app.button('Check').click();
    await expect(app.page.getByText(/refused a connection to sts\.us-east-1\.amazonaws\.com \(407\)/)).toBeVisible();
    const authorization = `Basic ${Buffer.from('alice:p@ss w%rd').toString('base64')}`;
    expect(proxy.asked).toEqual([{ to: 'sts.us-east-1.amazonaws.com:443', authorization }]);

    proxy.status = 200;
    await app.button('Save').click();
    await expect(app.toast('sessions go on')).toBeVisible();
    await expect(app.page.getByText('One is kept')).toBeVisible();
    expect(await askForTunnel(ports.proxy, '203.0.113.7')).toContain('200 Connection established');
    expect(proxy.asked.at(-1)).toEqual({ to: '203.0.113.7:443', authorization });
    await app.button('Back').click();
    await expect(app.button(`IAM role ${exampleRoleName}`)).toBeVisible();
    expect(readFileSync(home.settingsFile, 'utf8')).not.toContain('p@ss');
    await app.quit();

    const again = await launch();
    await again.tableList.waitFor();
    proxy.asked.length = 0;
    expect(await askForTunnel(ports.proxy, '203.0.113.8')).toContain('200 Connection established');
    expect(proxy.asked).toEqual([{ to: '203.0.113.8:443', authorization }]);
  });

  test('is shown as the environment has it, without its password', async ({ launch, network: proxy }) => {
    const app = await launch({ HTTPS_PROXY: proxy.address.replace('//', '//user:secret@'), NO_PROXY: '.example.com' });
    await app.logInAs('alice');
    await app.openSettings('Network');
    await expect(
      app.page.getByText(`Through ${proxy.address} (HTTPS_PROXY), but directly to .example.com`),
    ).toBeVisible();
    await expect(app.page.getByText('secret')).toBeHidden();
  });
});
