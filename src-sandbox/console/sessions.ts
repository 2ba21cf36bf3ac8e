import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import type { SandboxRequest } from '../http/request.ts';
import type { Principal } from '../iam/principal.ts';
import { ExpiringSecrets } from './expiring-secrets.ts';

/** Somebody who is signed in to the console. */
export interface ConsoleSession {
  principal: Principal;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Who is signed in to the console, by cookie. */
export class ConsoleSessions {
  readonly #sessions: ExpiringSecrets<ConsoleSession>;
  readonly #cookieName: string;
  readonly #now: () => number;

  /**
   * @param port of the console. Cookies are shared by all ports of a host, so the name of ours holds it.
   * @param now the time in milliseconds since the epoch
   */
  constructor(port: number, now: () => number) {
    this.#sessions = new ExpiringSecrets(now);
    this.#cookieName = `rolegate-sandbox-console-${port}`;
    this.#now = now;
  }

  /** Signs somebody in. Gives the `Set-Cookie` header. */
  begin(session: ConsoleSession): string {
    const seconds = Math.max(0, Math.floor((session.expiresAt - this.#now()) / 1000));
    return this.#cookie(this.#sessions.add(session, session.expiresAt), seconds);
  }

  /** Whose session a request belongs to. */
  find(request: SandboxRequest): ConsoleSession | undefined {
    const name = this.#cookieOf(request);
    return name === undefined ? undefined : this.#sessions.find(name);
  }

  /** Ends the session that a request belongs to. Gives the `Set-Cookie` header that removes the cookie. */
  end(request: SandboxRequest): string {
    const name = this.#cookieOf(request);
    if (name !== undefined) this.#sessions.take(name);
    return this.#cookie('', 0);
  }

  /**
   * `Lax`, since the browser comes here by a link from elsewhere: a `Strict` cookie would not be sent on the redirect
   * that follows the sign-in. Pages change nothing, and the sign-out form of another site brings no cookie along.
   */
  #cookie(value: string, seconds: number): string {
    return `${this.#cookieName}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  }

  #cookieOf(request: SandboxRequest): string | undefined {
    const prefix = `${this.#cookieName}=`;
    const cookies = (headerValue(request.headers, 'cookie') ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  }
}
