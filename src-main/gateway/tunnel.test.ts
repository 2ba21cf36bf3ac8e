import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Outbound, outboundLater, outboundThrough } from '../../src-shared/outbound/outbound.ts';
import { isPrivateAddress, openTunnel } from './tunnel.ts';
import { tunnelRules } from './tunnel-rules.ts';

describe('a tunnel where the network has a proxy', () => {
  let proxy: Server;
  let outbound: Outbound;
  let asked: string[];
  let status: string;

  beforeEach(async () => {
    asked = [];
    status = '200 OK';
    proxy = createServer().listen(0, '127.0.0.1');
    proxy.on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      socket.write(`HTTP/1.1 ${status}\r\n\r\n`);
    });
    await once(proxy, 'listening');
    outbound = outboundThrough({ url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  });
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  it('goes through it', async () => {
    const socket = await openTunnel('203.0.113.7', 443, outbound);
    expect(asked).toEqual(['203.0.113.7:443']);
    socket.destroy();
  });

  it('is refused to private addresses and other ports all the same', async () => {
    for (const [host, port] of [
      ['10.1.2.3', 443],
      ['169.254.169.254', 80],
      ['127.0.0.1', 443],
      ['203.0.113.7', 22],
    ] as const) {
      await expect(openTunnel(host, port, outbound)).rejects.toMatchObject({ status: 403 });
    }
    expect(asked).toEqual([]);
  });

  it('leads to a private place that somebody has named, on the usual ports only', async () => {
    const rules = tunnelRules(['10.1.2.3']);
    (await openTunnel('10.1.2.3', 443, outbound, rules)).destroy();
    expect(asked).toEqual(['10.1.2.3:443']);
    await expect(openTunnel('10.1.2.3', 22, outbound, rules)).rejects.toMatchObject({ status: 403 });
    await expect(openTunnel('10.1.2.4', 443, outbound, rules)).rejects.toMatchObject({ status: 403 });
  });

  it('says so when the proxy is written down wrongly', async () => {
    const wrong = outboundLater(() => ({ url: 'socks5://proxy:1080' }));
    await expect(openTunnel('203.0.113.7', 443, wrong)).rejects.toMatchObject({
      status: 502,
      message: 'The address of the proxy is not one of an HTTP proxy.',
    });
  });

  it('that the proxy refuses says so', async () => {
    status = '403 Forbidden';
    await expect(openTunnel('203.0.113.7', 443, outbound)).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining('refused a connection to 203.0.113.7 (403)') as string,
    });
  });
});

describe('a private address', () => {
  it.each([
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ])('is %s', (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(['::', '::1', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])('is %s', (address) =>
    expect(isPrivateAddress(address)).toBe(true),
  );
  it.each(['8.8.8.8', '203.0.113.7', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2600:1f18::1'])(
    'is not %s',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
