import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { endpointHost } from '../../src-shared/aws/endpoints.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { sdkHandler } from '../../src-shared/outbound/sdk-handler.ts';
import type { SigningKeys } from '../../src-shared/sigv4/sign.ts';
import { type BaseCredentialsName, explainAssumeRoleFailure } from './assume-role-error.ts';
import { type CustomEndpoints, customEndpoint } from './upstream.ts';

/** Credentials of an assumed role. They never leave the app-service. */
export interface RoleCredentials extends SigningKeys {
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Who one is with them: `arn:aws:sts::…:assumed-role/Role/session`. */
  assumedRoleArn: string;
}

export interface AssumeRoleRequest {
  roleArn: string;
  sessionName: string;
  externalId?: string | undefined;
  /** Seconds. */
  duration: number;
  /** Whether the session may only read: a session policy says so to AWS as well. */
  readOnly: boolean;
  /** Session tags, by key. */
  tags: Readonly<Record<string, string>>;
  sourceIdentity?: string | undefined;
}

/** The one place that talks to STS. */
export interface RoleAssumer {
  /** @throws RolegateError in words, see `explainAssumeRoleFailure` */
  assume(request: AssumeRoleRequest): Promise<RoleCredentials>;
  /** Whether the base credentials are temporary themselves: STS and sign-in then allow less. */
  isChained(): Promise<boolean>;
}

export interface AssumerOptions {
  /** The credentials that the app-service itself has: a profile, a host role, … */
  credentials: AwsCredentialIdentityProvider;
  credentialsName: BaseCredentialsName;
  /** The region whose STS endpoint is asked; tokens of regional endpoints are valid in every region. */
  region: string;
  endpoints: CustomEndpoints;
  outbound?: Outbound;
}

export function createRoleAssumer(options: AssumerOptions): RoleAssumer {
  // Always written out: an address in this machine's own AWS configuration is for its tools, not for the service.
  const endpoint = customEndpoint('sts', options.endpoints)?.origin ?? `https://${stsHost(options.region)}`;
  const { hostname } = new URL(endpoint);
  let made: { proxy: string | undefined; client: Promise<import('@aws-sdk/client-sts').STSClient> } | undefined;

  /** A client for the way out as it is now. */
  function stsClient() {
    const proxy = options.outbound?.proxyFor(hostname, 443)?.href;
    if (!made || made.proxy !== proxy) made = { proxy, client: makeClient() };
    return made.client;
  }

  // Loaded at the first use: the client is large and a start does not need it.
  async function makeClient() {
    const { STSClient } = await import('@aws-sdk/client-sts');
    const { region, credentials } = options;
    const requestHandler = await sdkHandler(options.outbound, hostname);
    return new STSClient({ region, credentials, maxAttempts: 2, endpoint, ...(requestHandler && { requestHandler }) });
  }

  return {
    async assume({ roleArn, sessionName, externalId, duration, readOnly, tags, sourceIdentity }) {
      const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
      const command = new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: duration,
        ...(externalId !== undefined && { ExternalId: externalId }),
        ...(readOnly && { PolicyArns: [{ arn: readOnlyPolicyOf(roleArn) }] }),
        ...(Object.keys(tags).length > 0 && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
        ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
      });
      try {
        const { Credentials: keys, AssumedRoleUser: who } = await (await stsClient()).send(command);
        if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken || !keys.Expiration) {
          throw new Error('STS answered without credentials.');
        }
        return {
          accessKeyId: keys.AccessKeyId,
          secretAccessKey: keys.SecretAccessKey,
          sessionToken: keys.SessionToken,
          expiresAt: keys.Expiration.getTime(),
          assumedRoleArn: who?.Arn ?? roleArn,
        };
      } catch (error) {
        throw explainAssumeRoleFailure(error, roleArn, options.credentialsName);
      }
    },
    async isChained() {
      return (await options.credentials()).sessionToken !== undefined;
    },
  };
}

/** @throws RolegateError `bad_input` for what is no region */
function stsHost(region: string): string {
  const endpoint = endpointHost('sts', region);
  if (!endpoint.ok) throw new RolegateError('bad_input', endpoint.message);
  return endpoint.host;
}

/** AWS's managed policy ReadOnlyAccess, in the role's partition. */
function readOnlyPolicyOf(roleArn: string): string {
  return `arn:${roleArn.split(':')[1]}:iam::aws:policy/ReadOnlyAccess`;
}

const waitForNewBefore = 60_000;
const renewBefore = 5 * 60_000;
const maxCached = 1_000;

/**
 * Keeps assumed roles' credentials until shortly before they end. However many ask at the same time, STS is asked
 * once; new ones are fetched in the background while the old ones still serve; errors are not kept.
 */
export interface CredentialCache {
  get(request: AssumeRoleRequest): Promise<RoleCredentials>;
}

export function createCredentialCache(assumer: Pick<RoleAssumer, 'assume'>, now: () => number): CredentialCache {
  const known = new Map<string, RoleCredentials>();
  const pending = new Map<string, Promise<RoleCredentials>>();

  function fetchNew(key: string, request: AssumeRoleRequest): Promise<RoleCredentials> {
    const underWay = pending.get(key);
    if (underWay) return underWay;
    const fetching = assumer
      .assume(request)
      .then((credentials) => {
        known.set(key, credentials);
        const oldest = known.keys().next().value;
        if (known.size > maxCached && oldest !== undefined) known.delete(oldest);
        return credentials;
      })
      .finally(() => pending.delete(key));
    pending.set(key, fetching);
    return fetching;
  }

  return {
    async get(request) {
      const key = cacheKey(request);
      const credentials = known.get(key);
      const left = credentials ? credentials.expiresAt - now() : 0;
      if (!credentials || left <= waitForNewBefore) return fetchNew(key, request);
      if (left <= renewBefore) fetchNew(key, request).catch(() => undefined);
      return credentials;
    },
  };
}

/** Neither ARNs nor session names can hold a line break, so no field can be made to look like another's entry. */
function cacheKey({ roleArn, sessionName, externalId, readOnly, tags, sourceIdentity }: AssumeRoleRequest): string {
  const plain = `${roleArn}\n${sessionName}\n${externalId ?? ''}`;
  const hasMore = readOnly || sourceIdentity !== undefined || Object.keys(tags).length > 0;
  return hasMore ? JSON.stringify([plain, readOnly, tags, sourceIdentity ?? null]) : plain;
}
