import type { ProxySettings } from '../../src-shared/outbound/outbound.ts';
import type { AuditOptions } from '../audit/open-audit.ts';
import type { CustomEndpoints } from '../aws/upstream.ts';
import type { AppConfig } from '../options.ts';

/** What a configuration file says, with everything that it leaves out filled in and every path absolute. */
export interface ServiceConfig {
  cluster: string;
  listen: ListenAddress;
  /** Under which origins people reach it, the first one in links; none when nothing is said. */
  publicAddresses: readonly string[];
  /** A certificate with its chain, and its key, as PEM files; a self-made one without. */
  tls?: TlsFiles | undefined;
  /** The folder of the store, the audit file and the keys. */
  dataDir: string;
  store: StoreConfig;
  apps: readonly AppConfig[];
  /** Files, folders and patterns with resource documents. */
  resources: readonly string[];
  audit: AuditOptions;
  aws: { region: string; profile?: string | undefined; endpoints: CustomEndpoints };
  /** The way out; what the environment says without. */
  proxy?: ProxySettings | undefined;
  log: { level: LogLevel; format: LogFormat };
}

export interface ListenAddress {
  host: string;
  port: number;
}

export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

export type StoreConfig =
  | { type: 'libsql' }
  | {
      type: 'dynamodb';
      table: string;
      region: string;
      endpoint?: string | undefined;
      profile?: string | undefined;
    };

export const logLevels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
/** `auto`: text on a terminal, JSON elsewhere. */
export const logFormats = ['auto', 'text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** A configuration, and what its operator should know about it, in sentences. */
export interface ReadConfig {
  config: ServiceConfig;
  notes: readonly string[];
}

/** What a file does not say by itself. */
export interface ConfigContext {
  environment: NodeJS.ProcessEnv;
  defaultDataDir: string;
}

export const defaultListen: ListenAddress = { host: '127.0.0.1', port: 3080 };

/** Whether nobody but this machine reaches an address. */
export function isLoopback({ host }: ListenAddress): boolean {
  return /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);
}
