import { z } from 'zod';
import { readProxyAddress } from '../outbound/proxy-address.ts';
import { defineCalls, done, errorData, line, nothing } from './common.ts';

/** The proxy of this machine's network, as somebody has written it down; its password is never shown. */
const ownProxy = {
  /** `http://proxy.example.com:3128`, without user and password. */
  url: line.refine((text) => {
    const { username = '', password = '' } = readProxyAddress(text) ?? { username: '-' };
    return username === '' && password === '';
  }, 'A proxy’s address looks like http://proxy.example.com:3128.'),
  /** Empty for a proxy that wants none. */
  user: line,
  /** Hosts that are reached directly, divided by commas or spaces. */
  except: z.string().max(8192),
};

/** How connections are to leave this machine. */
export const proxyChoice = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('environment') }),
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({
    use: z.literal('own'),
    ...ownProxy,
    /** The one that is kept stays while this is left out, as long as address and user are the same. */
    password: z.string().max(1024).optional(),
  }),
]);
export type ProxyChoice = z.infer<typeof proxyChoice>;

/** What was chosen, and what there is to choose from. */
export const proxyView = z.strictObject({
  use: z.enum(['environment', 'none', 'own']),
  own: z.strictObject({ url: z.string(), user: z.string(), hasPassword: z.boolean(), except: z.string() }).optional(),
  /** What the environment of this start says; the address without a password. */
  environment: z.strictObject({ url: z.string().optional(), except: z.string().optional() }),
});
export type ProxyView = z.infer<typeof proxyView>;

/** Whether a host could be reached, and which way. */
export const reached = z.strictObject({
  host: z.string(),
  /** The proxy that led there; none when it is reached directly. */
  through: z.string().optional(),
  error: errorData.optional(),
});
export type Reached = z.infer<typeof reached>;

/** How this machine reaches AWS. */
export const networkCalls = defineCalls({
  'network.get': { input: nothing, output: proxyView },
  /** New connections go the chosen way at once. */
  'network.choose': { input: proxyChoice, output: done },
  /** Tries a choice, without making it. */
  'network.check': { input: proxyChoice, output: z.array(reached) },
});
