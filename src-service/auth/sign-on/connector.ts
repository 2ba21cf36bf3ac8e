import type { ConnectorCheck, ConnectorId } from '../../../src-shared/contracts/sign-on-api.ts';
import type { Claims } from './claims.ts';
import type { ProviderFetch } from './provider-fetch.ts';

/** Who a provider says that somebody is. */
export interface Identity {
  /** The name that the user gets here. */
  user: string;
  /** The provider's own id of this person, where it has one that stays. */
  subject?: string | undefined;
  claims: Claims;
  /** Roles by the connector's mappings. Whether there are such roles is not looked at. */
  roles: string[];
}

/** The parameters with which a browser comes back from the provider. */
export type ProviderAnswer = URLSearchParams;

/** What a connector has to know again when the browser comes back: verifiers, nonces, ids. */
export type Remembered = Record<string, string>;

/** A single sign-on provider as logins use it. All methods reject with a RolegateError that can be shown. */
export interface Connector {
  id: ConnectorId;
  display: string;
  /**
   * Where the browser goes to sign in.
   *
   * @param state comes back in the answer
   * @param origin the service's own, as the browser sees it: `https://rolegate.example.com:3080`
   */
  begin(state: string, origin: string): Promise<{ url: string; remembered: Remembered }>;
  /**
   * Who has signed in, once the answer has been checked.
   *
   * @throws RolegateError `access_denied` with the reason, `unavailable` where the provider cannot be reached
   */
  finish(answer: ProviderAnswer, remembered: Remembered): Promise<Identity>;
  /** Tries what can be tried without a login. Never rejects. */
  test(): Promise<ConnectorCheck[]>;
  /** What the provider has to be told of this service. */
  registration(origin: string): { what: string; value: string }[];
}

/** What connectors need of the service round them. */
export interface ConnectorParts {
  fetch: ProviderFetch;
  now: () => number;
}

/** How long a provider may take to answer the service, in milliseconds. */
export const providerTimeout = 10_000;
