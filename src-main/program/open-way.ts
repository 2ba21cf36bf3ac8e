import type { LoginGrant } from '../../src-shared/contracts/service-api.ts';
import type { Way } from '../../src-shared/contracts/state.ts';
import type { ServiceClient } from '../service-client/service-client.ts';

/** One of the three ways to run, opened: an app-service to talk to, and what only this way has. */
export interface OpenWay {
  way: Way;
  /** Tells this way's secrets from another's: `sandbox`, `own`, `server/host_port`. */
  id: string;
  /** This way's own folder. */
  folder: string;
  client: ServiceClient;
  cluster: string;
  serviceUrl?: string;
  /** The AWS profile whose credentials are used. */
  profile?: string;
  sandboxUsers: { user: string; password: string }[];
  /** An address beside AWS's sign-in hosts to which a console link may lead. */
  consoleOrigin?: string;
  /** Where the operating system's user is the user. */
  loginWithoutPassword?: () => Promise<LoginGrant>;
  /** Where requests that are none of ours go, if not to the AWS host that they name. */
  originOf?: (awsHost: string) => string | undefined;
  /** Puts the sandbox's tables back to how they were. */
  resetSandbox?: () => Promise<void>;
  close(): Promise<void>;
}
