import type { Cancellation } from '../src-shared/cancellation.ts';
import type { AccountApi } from '../src-shared/contracts/account-api.ts';
import type { AdminApi } from '../src-shared/contracts/admin-api.ts';
import type { AwsCall, AwsReply } from '../src-shared/contracts/aws-call.ts';
import type { RefusalReport } from '../src-shared/contracts/refusal-report.ts';
import type { RequestsApi } from '../src-shared/contracts/requests-api.ts';
import type {
  AppInfo,
  AppSessionGrant,
  AppSessionRequest,
  ConsoleGrant,
  ConsoleRequest,
  LoginGrant,
  LoginRequest,
  ServiceEvent,
  ServiceInfo,
  UserInfo,
} from '../src-shared/contracts/service-api.ts';
import type { AppConfig } from './options.ts';
import type { LoadedDocument } from './resources/load-resources.ts';
import type { FirstInvitation } from './service/first-administrator.ts';
import type { PasskeyApi } from './service/passkeys.ts';
import type { SignOn } from './service/sign-on.ts';

/**
 * The app-service: decides who may assume which IAM role, assumes it, signs requests anew and writes down who did
 * what. Everything but `info`, `health` and what leads to a login takes the bearer token
 * of a login.
 *
 * All methods reject with a RolegateError whose message can be shown as it is.
 */
export interface AppService extends AccountApi, AdminApi, RequestsApi, SignOn, PasskeyApi {
  info(): ServiceInfo;
  /** Resolves where requests can be answered. @throws RolegateError `unavailable` where not */
  health(): Promise<void>;
  login(request: LoginRequest): Promise<LoginGrant>;
  /** Logs somebody in without a password. Only for callers in this process, where the operating system has vouched. */
  loginAs(user: string): Promise<LoginGrant>;
  logout(token: string): Promise<void>;
  user(token: string): Promise<UserInfo>;
  apps(token: string): Promise<AppInfo[]>;
  /**
   * Tells what happens to a login, as it happens: that it or one of its app sessions has ended, and why; that what it
   * may do has changed. Resolves once the login has ended or the signal has fired.
   */
  watch(token: string, onEvent: (event: ServiceEvent) => void, signal: AbortSignal): Promise<void>;
  startAppSession(token: string, request: AppSessionRequest): Promise<AppSessionGrant>;
  appSessions(token: string): Promise<AppSessionGrant[]>;
  endAppSession(token: string, id: string): Promise<void>;
  consoleUrl(token: string, appSessionId: string, request: ConsoleRequest): Promise<ConsoleGrant>;
  /** Signs a verified call with its role's keys, sends it to AWS and gives back the answer as it streams in. */
  forward(token: string, call: AwsCall, cancellation?: Cancellation): Promise<AwsReply>;
  /**
   * Writes down that a gateway has refused a request itself.
   *
   * @throws RolegateError `session_expired` where the app session is not, and was not, this user's
   */
  reportRefusal(token: string, report: RefusalReport): Promise<void>;
  /** See `FirstAdministrator.invite`. For the process that serves a cluster, which shows it to its operator only. */
  inviteFirstAdministrator(): Promise<FirstInvitation | undefined>;
  /**
   * Takes other documents and apps of the operator than those of the start. Sessions that they do not allow end.
   *
   * @returns how many documents are new, changed or gone
   */
  reload(resources: readonly LoadedDocument[], apps: readonly AppConfig[]): Promise<number>;
  hasPassword(user: string): Promise<boolean>;
  /** Sets a local user's password. */
  setPassword(user: string, password: string): Promise<void>;
  close(): Promise<void>;
}
