import { memoize } from '../memoize.ts';
import { awsDnsSuffixes } from './partitions.ts';

/** A host name under one of AWS's suffixes, parsed once; whoever dials dials `host`. */
export interface AwsHost {
  /** Lower case, no trailing dot, no port. */
  host: string;
  /** The suffix it ends in: `amazonaws.com`, `api.aws`, `on.aws`, … */
  suffix: string;
  /** The labels before the suffix, left to right: `['dynamodb', 'us-east-1']`. */
  labels: readonly string[];
}

const hostPattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

// Longest first, so that `x.amazonaws.com.cn` is never taken for something under another suffix.
const suffixesByLength = [...awsDnsSuffixes].sort((a, b) => b.length - a.length);

/**
 * Parses `host` or `host:port` as the address of an AWS endpoint: exact suffix, port 443 (or none), nothing else.
 * User info, paths, IP addresses, trailing dots, non-ASCII names and other ports are no AWS host.
 *
 * This is the only function that decides it, for the gateway and for the app-service alike: a host that is
 * validated by one parser and dialled by another can be smuggled past the first.
 *
 * @returns undefined when it is anything else.
 */
export function parseAwsHost(authority: string): AwsHost | undefined {
  return authority.length > 253 + 4 ? undefined : parseOnce(authority).host;
}

const parseOnce = memoize((authority) => ({ host: parse(authority) }));

function parse(authority: string): AwsHost | undefined {
  const lower = authority.toLowerCase();
  const host = lower.endsWith(':443') ? lower.slice(0, -4) : lower;
  if (!hostPattern.test(host)) return undefined;
  const suffix = suffixesByLength.find((candidate) => host.endsWith(`.${candidate}`));
  if (suffix === undefined) return undefined;
  return { host, suffix, labels: host.slice(0, -suffix.length - 1).split('.') };
}
