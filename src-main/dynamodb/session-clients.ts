import type { ForwardCall } from './request-handler.ts';

/** Where a client asks: as which app session, in which region. */
export interface AskedAt {
  appSessionId: string;
  region: string;
}

const maxClients = 50;

/**
 * One client for each app session and region (and number of attempts, where somebody asks for another one), made when it is first asked for. The least recently made one goes when
 * there are many.
 *
 * @param forwardFor the way of an app session's requests. It throws when there is no such session
 */
export function sessionClients<Client>(
  forwardFor: (appSessionId: string) => ForwardCall,
  create: (forward: ForwardCall, region: string, maxAttempts?: number) => Promise<Client>,
): (where: AskedAt, maxAttempts?: number) => Promise<Client> {
  const clients = new Map<string, Promise<Client>>();
  return ({ appSessionId, region }, maxAttempts) => {
    const key = JSON.stringify([appSessionId, region, maxAttempts]);
    const known = clients.get(key);
    if (known) return known;
    const client = create((call, signal) => forwardFor(appSessionId)(call, signal), region, maxAttempts);
    clients.set(key, client);
    const oldest = clients.keys().next().value;
    if (clients.size > maxClients && oldest !== undefined) clients.delete(oldest);
    return client;
  };
}
