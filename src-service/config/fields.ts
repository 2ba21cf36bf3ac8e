import { z } from 'zod';
import { partitionOfRegion } from '../../src-shared/aws/partitions.ts';
import { text } from '../resources/document.ts';
import type { ListenAddress } from './service-config.ts';

/** The values of a configuration file, each with a sentence for what is none. */

const badListen = 'it must be an address and a port, such as 127.0.0.1:3080 or 0.0.0.0:443.';

/** `127.0.0.1:3080`, `[::1]:3080`, `:3080` (every address of this machine), `3080` (this machine only). */
export const listenAddress = z.union([z.number(), text], { error: badListen }).transform((value, context) => {
  const found = parseListen(String(value));
  if (found) return found;
  context.addIssue({ code: 'custom', message: badListen });
  return z.NEVER;
});

function parseListen(value: string): ListenAddress | undefined {
  const match = /^(?:(\[[0-9a-f:.]+\]|[\w.-]*):)?(\d{1,5})$/i.exec(value.replace(/^tcp:\/\//, ''));
  const port = Number(match?.[2]);
  if (!match || port > 65_535) return undefined;
  const [, host] = match;
  if (host === undefined) return { host: '127.0.0.1', port };
  return { host: host === '' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), port };
}

const badOrigin = 'it must be an address that begins with https://, such as https://rolegate.example.com:3080.';

/** `https://rolegate.example.com:3080`; the scheme may be left out, and 443 is the port then as ever. */
export const publicOrigin = text.transform((value, context) => {
  const address = /^[a-z]+:\/\//i.test(value) ? value : `https://${value}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.pathname === '/' && url.search === '';
  if (isPlain && url.hostname !== '') return url.origin;
  context.addIssue({ code: 'custom', message: badOrigin });
  return z.NEVER;
});

/** One, or several. */
export const publicOrigins = z
  .union([publicOrigin.transform((one) => [one]), z.array(publicOrigin)], { error: badOrigin })
  .default([]);

export const region = text.superRefine((value, context) => {
  if (partitionOfRegion(value)) return;
  const isPlaceholder = /^<.*>$|your|region/i.test(value);
  const message = isPlaceholder
    ? `"${value}" is a placeholder: put the region in its place, such as eu-west-1.`
    : `"${value}" is not an AWS region that Rolegate knows.`;
  context.addIssue({ code: 'custom', message });
});

/** An upstream of one's own: the address of a host, nothing after it. */
export const hostAddress = text.refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
    return isHttp && url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  },
  { error: 'it must be the address of a host, such as https://vpce-0123.dynamodb.eu-west-1.vpce.amazonaws.com.' },
);

/** A path that can be one. */
export const path = text.min(1, 'it must not be empty.');
export const paths = z
  .union([path.transform((one) => [one]), z.array(path)], { error: 'it must be a path or a list of paths.' })
  .default([]);

/** What a cluster may be called. */
export const clusterName = text
  .min(1, 'it must not be empty.')
  .max(128, 'a cluster’s name has 128 characters at most.')
  .refine((value) => value.trim() === value, 'it must not begin or end with a space.');
