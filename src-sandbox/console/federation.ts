import { z } from 'zod';
import { equalSecrets } from '../../src-shared/sigv4/signing-key.ts';
import type { Reply } from '../http/reply.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { consolePageOf, hrefOf } from './destination.ts';
import type { ExpiringSecrets } from './expiring-secrets.ts';
import { noticePage } from './page.ts';
import type { ConsoleSession, ConsoleSessions } from './sessions.ts';

/** What the sign-in endpoint works with. */
export interface FederationContext {
  keys: AccessKeys;
  /** Sign-in tokens that have not been used. */
  tokens: ExpiringSecrets<ConsoleSession>;
  sessions: ConsoleSessions;
  ownHosts: readonly string[];
  now: () => number;
}

/** How long a sign-in token works, in milliseconds. */
const tokenLifetime = 15 * 60_000;
/** Limits of `SessionDuration`, in seconds. */
const sessionSeconds = { min: 900, max: 43_200 };

const sessionJson = z.object({ sessionId: z.string(), sessionKey: z.string(), sessionToken: z.string() });

/** A request that the endpoint refuses, with a sentence that says why. */
class BadRequest extends Error {}

/**
 * The federation endpoint, at which temporary credentials become a console session in two steps: `getSigninToken`
 * and `login`. Source: IAM User Guide, "Enable custom identity broker access to the AWS console". Stricter than AWS
 * in one thing: a sign-in token works once.
 *
 * @param parameters of the query
 */
export function answerFederation(parameters: URLSearchParams, context: FederationContext): Reply {
  const action = parameters.get('Action') ?? '';
  try {
    if (action === 'getSigninToken') return getSigninToken(parameters, context);
    if (action === 'login') return login(parameters, context);
    throw new BadRequest(`There is no sign-in action "${action}": use getSigninToken or login.`);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    // Programs ask for tokens; people, in a browser, log in.
    if (action === 'login') return noticePage(400, 'You are not signed in', error.message);
    return plain(400, error.message);
  }
}

function getSigninToken(parameters: URLSearchParams, context: FederationContext): Reply {
  const key = keyOf(parameters.get('Session') ?? '', context.keys);
  const isLimited = key.temporary.chained || key.principal.kind === 'federated';
  const seconds = sessionDuration(parameters.get('SessionDuration'), isLimited);
  const now = context.now();
  const expiresAt = seconds === undefined ? key.temporary.expiresAt : now + seconds * 1000;
  const token = context.tokens.add({ principal: key.principal, expiresAt }, now + tokenLifetime);
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Cache-Control', 'no-store'],
    ],
    body: JSON.stringify({ SigninToken: token }),
  };
}

function login(parameters: URLSearchParams, context: FederationContext): Reply {
  const page = consolePageOf(parameters.get('Destination') ?? '', context.ownHosts);
  if (!page) throw new BadRequest('The Destination must be a page of the AWS console.');
  const session = context.tokens.take(parameters.get('SigninToken') ?? '');
  if (!session) {
    throw new BadRequest('This sign-in link has been used or is too old: each works once, within 15 minutes.');
  }
  return {
    status: 302,
    headers: [
      ['Location', hrefOf(page)],
      ['Set-Cookie', context.sessions.begin(session)],
      ['Cache-Control', 'no-store'],
      ['Referrer-Policy', 'no-referrer'],
    ],
    body: '',
  };
}

/** The access key that the `Session` parameter holds, all three parts of it checked. */
function keyOf(text: string, keys: AccessKeys): AccessKey & Required<Pick<AccessKey, 'temporary'>> {
  const session = sessionJson.safeParse(parseJson(text));
  if (!session.success) {
    throw new BadRequest('Session must be JSON with sessionId, sessionKey and sessionToken.');
  }
  const { sessionId, sessionKey, sessionToken } = session.data;
  const key = keys.find(sessionId);
  const { temporary } = key ?? {};
  if (
    !key ||
    !temporary ||
    !equalSecrets(sessionKey, key.secretAccessKey) ||
    !equalSecrets(sessionToken, temporary.sessionToken)
  ) {
    throw new BadRequest('The credentials in Session are not temporary credentials that this STS has issued.');
  }
  if (keys.isExpired(key)) throw new BadRequest('The credentials in Session have expired.');
  if (key.principal.kind === 'user' || temporary.bucketSession) {
    throw new BadRequest('The credentials in Session must be those of a role or of a federated user.');
  }
  return { ...key, temporary };
}

function sessionDuration(text: string | null, isLimited: boolean): number | undefined {
  if (text === null) return undefined;
  if (isLimited) {
    throw new BadRequest(
      'SessionDuration cannot be given with credentials that come from role chaining or GetFederationToken: leave it out.',
    );
  }
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= sessionSeconds.min && seconds <= sessionSeconds.max) return seconds;
  throw new BadRequest(`SessionDuration must be ${sessionSeconds.min} to ${sessionSeconds.max} seconds.`);
}

function plain(status: number, sentence: string): Reply {
  return {
    status,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Cache-Control', 'no-store'],
      ['X-Content-Type-Options', 'nosniff'],
    ],
    body: `${sentence}\n`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
