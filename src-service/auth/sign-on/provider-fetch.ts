import type { Agent } from 'undici';
import { outboundConnector } from '../../../src-shared/outbound/connect.ts';
import type { Outbound } from '../../../src-shared/outbound/outbound.ts';
import { providerTimeout } from './connector.ts';

/** How the service asks providers. */
export type ProviderFetch = typeof fetch;

/** `fetch` by the way out of the service's network. */
export function providerFetch(outbound: Outbound): ProviderFetch {
  let agent: Agent | undefined;
  return async (address, init) => {
    const undici = await import('undici');
    agent ??= new undici.Agent({ connect: outboundConnector(undici, outbound, { timeout: providerTimeout }) });
    // The same standard, once as the platform's types and once as the library's.
    const ask = undici.fetch as unknown as (address: unknown, init: unknown) => Promise<Response>;
    return ask(address, { ...init, dispatcher: agent });
  };
}
