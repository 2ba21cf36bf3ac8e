import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { ServiceInfo } from '../src-shared/contracts/service-api.ts';
import type { SomeUpstreamLimits } from '../src-shared/http/upstream-limits.ts';
import type { Outbound } from '../src-shared/outbound/outbound.ts';
import type { AuditOptions } from './audit/open-audit.ts';
import type { BaseCredentialsName } from './aws/assume-role-error.ts';
import type { CustomEndpoints } from './aws/upstream.ts';
import type { BackendOptions } from './backend/open-backend.ts';
import type { Log } from './log.ts';
import type { LoadedDocument } from './resources/load-resources.ts';

/** An AWS account entry that the service offers. */
export interface AppConfig {
  name: string;
  description: string;
  /** The console's address: where a launched console begins, and which partition the app is for. */
  uri: string;
  labels: Readonly<Record<string, string>>;
  /** Sent along with every AssumeRole of this app. */
  externalId?: string;
}

/** What differs between the three ways to run; everything else is the same service. */
export interface AppServiceOptions {
  cluster: string;
  version: string;
  /** Folder of this service's store, audit file and signing key; private, nobody else's. */
  stateDir: string;
  /** Where users, sessions and audit events are kept; a file in `stateDir` by default. */
  backend?: BackendOptions;
  audit?: AuditOptions;
  /** Documents of the operator, which nobody can change while the service runs. */
  resources?: readonly LoadedDocument[];
  /** Documents to begin with, which administrators may replace. */
  defaultResources?: readonly LoadedDocument[];
  apps: readonly AppConfig[];
  aws: {
    /** The service's own credentials, with which it assumes roles. */
    credentials: AwsCredentialIdentityProvider;
    credentialsName: BaseCredentialsName;
    region: string;
    /** Custom upstreams by signing name; `sts` and `signin` are honoured too. */
    endpoints: CustomEndpoints;
  };
  /** How the service reaches AWS; directly by default. */
  outbound?: Outbound;
  /** What connections to AWS are held to; the defaults for what is not said. */
  upstreamLimits?: SomeUpstreamLimits | undefined;
  /** Set in the sandbox: what its login screen tells. */
  sandbox?: ServiceInfo['sandbox'];
  log?: Log;
  now?: () => number;
}
