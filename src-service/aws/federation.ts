import { partitionById } from '../../src-shared/aws/partitions.ts';
import type { ConsoleGrant } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { outboundConnector } from '../../src-shared/outbound/connect.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import type { RoleCredentials } from './credentials.ts';
import { type CustomEndpoints, customEndpoint } from './upstream.ts';

const requestTimeout = 15_000;

export interface FederationRequest {
  credentials: RoleCredentials;
  partition: string;
  region: string;
  /** A page of the console, from its root; the console's home when absent. */
  page?: string | undefined;
  /** What of that page, behind its `#`. */
  fragment?: string | undefined;
  /** The app's own console address: where links of other consoles (the sandbox's) lead. */
  appUri: string;
  /** Seconds that the console session may last; undefined where AWS allows no choice (chained credentials). */
  sessionDuration?: number | undefined;
  /** When the console session ends, in milliseconds since the epoch. */
  signedInUntil: number;
  endpoints: CustomEndpoints;
  outbound: Outbound;
}

/**
 * Makes a link that signs whoever opens it first in to the console, as the assumed role.
 * Source: IAM User Guide, "Enable custom identity broker access to the AWS console".
 *
 * @throws RolegateError `unavailable` when the sign-in endpoint cannot be reached, `aws` when it refuses
 */
export async function consoleSignInUrl(federation: FederationRequest, now: number): Promise<ConsoleGrant> {
  const base = federationEndpoint(federation);
  const token = await signinToken(base, federation);
  const login = new URL(base);
  login.search = new URLSearchParams({
    Action: 'login',
    Issuer: 'Rolegate',
    Destination: destination(federation),
    SigninToken: token,
  }).toString();
  // A sign-in token is good for 15 minutes.
  return { url: login.href, expiresAt: now + 15 * 60_000, signedInUntil: federation.signedInUntil };
}

function federationEndpoint({ partition, endpoints }: FederationRequest): string {
  const custom = customEndpoint('signin', endpoints);
  if (custom) return `${custom.origin}/federation`;
  const host = partitionById(partition)?.signinHost;
  if (host !== undefined) return `https://${host}/federation`;
  throw new RolegateError('bad_input', `The partition ${partition} offers no federated console sign-in.`);
}

function destination({ appUri, page, fragment, region }: FederationRequest): string {
  const url = new URL(appUri);
  if (page !== undefined) url.pathname = `/${page}`;
  url.searchParams.set('region', region);
  if (page !== undefined && fragment !== undefined) url.hash = fragment;
  return url.href;
}

async function signinToken(base: string, federation: FederationRequest): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = federation.credentials;
  const query = new URLSearchParams({
    Action: 'getSigninToken',
    Session: JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken }),
  });
  if (federation.sessionDuration !== undefined) query.set('SessionDuration', String(federation.sessionDuration));
  const { status, text } = await ask(`${base}?${query}`, federation.outbound);
  if (status !== 200) {
    throw new RolegateError('aws', `The console's sign-in endpoint refused (HTTP ${status}).`, {
      hint: 'Roles assumed with temporary credentials get one hour at most. Try again; if it stays, ask your administrator.',
    });
  }
  const token = readToken(text);
  if (token === undefined) throw new RolegateError('aws', "The console's sign-in endpoint answered without a token.");
  return token;
}

async function ask(address: string, outbound: Outbound): Promise<{ status: number; text: string }> {
  const undici = await import('undici');
  const connect = outboundConnector(undici, outbound, { timeout: requestTimeout });
  const dispatcher = new undici.Agent({ connect, headersTimeout: requestTimeout, bodyTimeout: requestTimeout });
  try {
    const reply = await undici.request(address, { dispatcher });
    return { status: reply.statusCode, text: await reply.body.text() };
  } catch (error) {
    if (error instanceof RolegateError) throw error;
    // The address holds the role's keys: nothing of it may get into an error or a log.
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new RolegateError('unavailable', `The console's sign-in endpoint cannot be reached (${code}).`, {
      hint: 'Check the network of the app-service.',
    });
  } finally {
    await dispatcher.destroy();
  }
}

function readToken(text: string): string | undefined {
  try {
    const { SigninToken: token } = JSON.parse(text) as { SigninToken?: unknown };
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
