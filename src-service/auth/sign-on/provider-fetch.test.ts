import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { sentence } from './checks.ts';
import { providerFetch } from './provider-fetch.ts';

it('asks providers through the proxy of the network, and says what that answered', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const fetched = providerFetch({ proxyFor: () => url })('https://idp.example.com/.well-known/openid-configuration');
  const error = await fetched.catch((thrown: unknown) => thrown);
  expect(sentence(error)).toContain(`${url.host} refused a connection to idp.example.com (403)`);
  expect(asked).toEqual(['idp.example.com:443']);
  await new Promise((resolve) => proxy.close(resolve));
});
