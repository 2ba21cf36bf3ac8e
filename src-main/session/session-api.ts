import type { AcceptInvitationRequest } from '../../src-shared/contracts/account-api.ts';
import type { ChainGrant } from '../../src-shared/contracts/aws-call.ts';
import type {
  AppInfo,
  AppSessionRequest,
  LoginGrant,
  LoginRequest,
  UserInfo,
} from '../../src-shared/contracts/service-api.ts';
import type { FinishSignOnRequest } from '../../src-shared/contracts/sign-on-api.ts';
import type { AppSession, EndedSession } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';
import type { LocalKeys } from '../../src-shared/local-keys.ts';
import type { KeyHolder } from '../gateway/key-holder.ts';
import type { ServiceClient } from '../service-client/service-client.ts';
import type { KeptKeys } from './kept-keys.ts';
import type { LoginSecrets } from './login-secrets.ts';

/** Who is logged in, with which IAM roles, and with which local keys tools reach them. */
export interface Session {
  /** Takes up the login of the last start, if there is one and the service still knows it. */
  restore(): Promise<void>;
  /** Logs in. App sessions of an earlier login of the same user are taken up again, keys and all. */
  login(request: LoginRequest): Promise<void>;
  /** Logs in with what a sign-on by the browser has brought. */
  finishSignOn(request: FinishSignOnRequest): Promise<void>;
  /** Logs in by choosing the password that an invitation is for. */
  acceptInvitation(request: AcceptInvitationRequest): Promise<void>;
  /** @throws RolegateError `bad_input` where there is no login to end (own credentials) */
  logout(): Promise<void>;
  /** @throws RolegateError `needs_login` */
  status(): Promise<UserInfo>;
  apps(): Promise<AppInfo[]>;
  /** Starts an app session, or takes the one that runs with this role already. */
  startAppSession(request: AppSessionRequest): Promise<AppSession>;
  endAppSession(id: string): Promise<void>;
  setRegion(id: string, region: string): Promise<void>;
  /** @throws RolegateError `not_found` */
  requireAppSession(id: string): AppSession;
  /** What a call made with this app session has to carry. @throws RolegateError `not_found`, `needs_login` */
  credentialsOf(id: string): Promise<{ token: string; serviceSessionId: string }>;
  keysOf(id: string): LocalKeys;
  /**
   * Keeps the keys of an app session for whenever its role is used again, or no longer does.
   *
   * @param keys the user's own in place of those that were made
   * @throws RolegateError `conflict` when another role has the same access key id
   */
  keepKeys(id: string, keep: boolean, keys?: LocalKeys): Promise<void>;
  /** Allows plain http for an app session, until it ends or Rolegate is started again. */
  allowPlainHttp(id: string, allow: boolean): void;
  /** Allows a session in production to write, until it ends or Rolegate is started again. */
  unlock(id: string, unlocked: boolean): void;
  /** Notes that a console was launched, which stays signed in until then whatever happens here. */
  noteConsole(id: string, until: number): void;
  /** Takes in the virtual credentials of a chained role. */
  addChain(serviceSessionId: string, grant: ChainGrant): void;
  findKeyHolder(accessKeyId: string): KeyHolder | undefined;
  /** The login's token. @throws RolegateError `needs_login` */
  token(): Promise<string>;
  /** Stops listening to the service; nothing else ends. */
  close(): void;
}

export interface SessionOptions {
  client: ServiceClient;
  secrets: LoginSecrets;
  keptKeys: KeptKeys;
  /** Logs in without a password, where the operating system's user is the user. */
  loginWithoutPassword?: (() => Promise<LoginGrant>) | undefined;
  onChange: (view: SessionView) => void;
  now: () => number;
}

export interface SessionView {
  user: UserInfo | undefined;
  appSessions: AppSession[];
  /** Why the login is of no use any more, if it is not. Its app sessions wait for the next one. */
  loginEnded: ErrorData | undefined;
  /** App sessions that somebody else has ended, and why. */
  endedSessions: EndedSession[];
  /** Goes up whenever what the user may do may have changed. */
  accessRevision: number;
}
