import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** Who sits before the browser: what the provider says of them, or that they would rather not. */
export type Person = { sub: string; [claim: string]: unknown } | 'cancels';

/** A real OpenID provider on loopback, at which whoever sits before the browser signs in without a form. */
export interface FakeOidc {
  issuer: string;
  client: { id: string; secret: string };
  person: Person;
  /** Times that somebody was asked to sign in. */
  asked: number;
  close(): Promise<void>;
}

const client = { id: 'rolegate', secret: 'the secret of the client' };

/** @param redirectUris the addresses that the service is registered with */
export async function startFakeOidc(redirectUris: readonly string[]): Promise<FakeOidc> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const idp: FakeOidc = {
    issuer,
    client,
    person: { sub: 'nobody' },
    asked: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [...redirectUris],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['only for tests'] },
    // Its users agree to everything, as those of a company's provider do.
    async loadExistingGrant(context) {
      const { oidc } = context;
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: async () => ({ ...(idp.person === 'cancels' ? {} : idp.person), sub: accountId }),
    }),
    renderError: async (context, out) => {
      context.type = 'text/plain';
      context.body = `${out.error} ${out.error_description ?? ''}`;
    },
  };
  const provider = new Provider(issuer, configuration);
  const routes = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void routes(request, response);
    idp.asked += 1;
    const { person } = idp;
    const result =
      person === 'cancels'
        ? { error: 'access_denied', error_description: 'The person said no.' }
        : { login: { accountId: person.sub } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  return idp;
}
