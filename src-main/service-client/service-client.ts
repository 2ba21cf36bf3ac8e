import type { Cancellation } from '../../src-shared/cancellation.ts';
import type { AccountApi } from '../../src-shared/contracts/account-api.ts';
import type { AdminApi } from '../../src-shared/contracts/admin-api.ts';
import type { AwsCall, AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { RefusalReport } from '../../src-shared/contracts/refusal-report.ts';
import type { RequestsApi } from '../../src-shared/contracts/requests-api.ts';
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
} from '../../src-shared/contracts/service-api.ts';
import type { SignOnApi } from '../../src-shared/contracts/sign-on-api.ts';

/**
 * The app-service as this side sees it: the bundled one in this process, or one elsewhere over TLS. Nothing above
 * this interface knows which. All methods reject with a RolegateError.
 */
export interface ServiceClient extends AccountApi, AdminApi, RequestsApi, SignOnApi {
  info(): Promise<ServiceInfo>;
  login(request: LoginRequest): Promise<LoginGrant>;
  logout(token: string): Promise<void>;
  user(token: string): Promise<UserInfo>;
  apps(token: string): Promise<AppInfo[]>;
  /**
   * Tells what happens to a login, as it happens. Resolves once the login has ended or the signal has fired, and
   * rejects when the connection is lost.
   */
  watch(token: string, onEvent: (event: ServiceEvent) => void, signal: AbortSignal): Promise<void>;
  startAppSession(token: string, request: AppSessionRequest): Promise<AppSessionGrant>;
  appSessions(token: string): Promise<AppSessionGrant[]>;
  endAppSession(token: string, id: string): Promise<void>;
  consoleUrl(token: string, appSessionId: string, request: ConsoleRequest): Promise<ConsoleGrant>;
  forward(token: string, call: AwsCall, cancellation?: Cancellation): Promise<AwsReply>;
  /** Tells of a request that the gateway has refused itself. Services that are older do not know it. */
  reportRefusal(token: string, report: RefusalReport): Promise<void>;
  close(): Promise<void>;
}
