import { hostname } from 'node:os';
import type { AppService } from '../../src-service/app-service.ts';
import { baseCredentials } from '../../src-service/aws/base-credentials.ts';
import type { BackendOptions } from '../../src-service/backend/open-backend.ts';
import { isLoopback, type ServiceConfig } from '../../src-service/config/service-config.ts';
import { createAppService } from '../../src-service/create-app-service.ts';
import {
  describeCertificate,
  type ServerCertificate,
  selfMadeCertificate,
} from '../../src-service/http/certificate.ts';
import type { Log } from '../../src-service/log.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { environmentProxy, type Outbound, outboundThrough } from '../../src-shared/outbound/outbound.ts';
import type { ServerNames } from '../../src-shared/x509/authority.ts';
import type { PreparedService } from './prepare.ts';

/** The way out: of the configuration, else of the environment. @throws RolegateError `bad_input` */
export function outboundOf({ proxy }: ServiceConfig): Outbound {
  return outboundThrough(proxy ?? environmentProxy(process.env));
}

/** The credentials with which IAM roles are assumed. */
export function awsCredentials(config: ServiceConfig) {
  return baseCredentials({ ...config.aws, outbound: outboundOf(config) });
}

/** The store as the service opens it. */
export function backendOf({ store, aws, ...config }: ServiceConfig): BackendOptions {
  if (store.type === 'libsql') return store;
  const outbound = outboundOf({ store, aws, ...config });
  const { profile = aws.profile, region } = store;
  return { ...store, outbound, credentials: baseCredentials({ profile, region, outbound }) };
}

/** Puts the service together. @throws RolegateError in words for its operator */
export async function openService(
  { config, resources }: PreparedService,
  { version, log }: { version: string; log: Log },
): Promise<AppService> {
  const { cluster, dataDir, audit, apps, aws, store } = config;
  const title = aws.profile === undefined ? 'the app-service' : `the app-service (profile ${aws.profile})`;
  try {
    return await createAppService({
      cluster,
      version,
      stateDir: dataDir,
      backend: backendOf(config),
      audit,
      resources,
      apps,
      aws: {
        credentials: awsCredentials(config),
        credentialsName: { title, renewHint: 'Whoever runs the app-service has to renew them.' },
        region: aws.region,
        endpoints: aws.endpoints,
      },
      outbound: outboundOf(config),
      log,
    });
  } catch (error) {
    if (store.type === 'libsql') throw error;
    const { operatorError } = await import('../../src-service/backend/dynamodb/client.ts');
    throw operatorError(error, store);
  }
}

/** A certificate that is served, and what its operator has to tell clients. */
export interface ServedCertificate extends ServerCertificate {
  fingerprint: string;
  /** Milliseconds since the epoch. */
  notAfter: number;
  /** Clients do not know a self-made one, so they are told what to trust. */
  isSelfMade: boolean;
}

/** The certificate of the files, or the self-made one. */
export async function certificateOf({ config, certificate }: PreparedService): Promise<ServedCertificate> {
  const { cert, key } = certificate ?? (await selfMadeCertificate(config.dataDir, namesOf(config), Date.now()));
  return { cert, key, ...describeCertificate({ cert }), isSelfMade: certificate === undefined };
}

/** What a self-made certificate is good for: this machine, and every address that people use. */
function namesOf({ listen, publicAddresses }: ServiceConfig): ServerNames {
  const dns = new Set(['localhost']);
  const ip = new Set(['127.0.0.1', '::1']);
  const hosts = publicAddresses.map((address) => new URL(address).hostname.replace(/^\[|\]$/g, ''));
  if (!isWildcard(listen.host)) hosts.push(listen.host);
  else if (hosts.length === 0) hosts.push(hostname());
  for (const host of hosts) (/^[\d.]+$|:/.test(host) ? ip : dns).add(host.toLowerCase());
  return { dns: [...dns], ip: [...ip] };
}

/** The address to tell people. @param port the one that is bound */
export function addressOf({ listen, publicAddresses }: ServiceConfig, port: number): string {
  const [first] = publicAddresses;
  if (first !== undefined) return first;
  const host = isWildcard(listen.host) ? hostname() : isLoopback(listen) ? '127.0.0.1' : listen.host;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Tries the credentials. @throws RolegateError `access_denied` when there are none */
export async function requireAwsCredentials(config: ServiceConfig): Promise<void> {
  try {
    await awsCredentials(config)();
  } catch (error) {
    const { profile } = config.aws;
    const where = profile === undefined ? 'here' : `in the profile ${profile}`;
    throw new RolegateError('access_denied', `There are no AWS credentials ${where}: no IAM role can be assumed.`, {
      hint: 'Give this host a role, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile under aws.profile.',
      cause: error,
    });
  }
}
