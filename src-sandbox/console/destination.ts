import { partitionById } from '../../src-shared/aws/partitions.ts';
import { homeRegion } from '../iam/account.ts';

/** A page of the sandbox's console. */
export interface ConsolePage {
  path: ConsolePath;
  region: string;
}

/** The console's pages. Any other page of the AWS console is shown its start page. */
export const consolePaths = ['/console/home', '/dynamodbv2/home'] as const;
export type ConsolePath = (typeof consolePaths)[number];

/** Regions that the console can show. */
export const consoleRegions: readonly string[] = partitionById('aws')?.regions ?? [];

const awsConsole = partitionById('aws')?.consoleHost ?? '';

/**
 * Takes the `Destination` of a sign-in for a page of this console. Only its path and region are used, and only what
 * is known of them, so it can lead nowhere else.
 *
 * @param text a URL of the AWS console (`https://us-west-2.console.aws.amazon.com/dynamodbv2/home?region=us-west-2`)
 *   or of this one
 * @param ownHosts `127.0.0.1:<port>` and the like
 * @returns undefined when it is anything else
 */
export function consolePageOf(text: string, ownHosts: readonly string[]): ConsolePage | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return undefined;
  const own = url.protocol === 'http:' && ownHosts.includes(url.host);
  const hostRegion = own ? '' : awsConsoleRegion(url);
  if (hostRegion === undefined) return undefined;
  const path = consolePaths.find((candidate) => candidate === url.pathname) ?? consolePaths[0];
  return { path, region: knownRegion(url.searchParams.get('region')) ?? knownRegion(hostRegion) ?? homeRegion };
}

/** The address of a page, from the root of this console. */
export function hrefOf({ path, region }: ConsolePage): string {
  return `${path}?region=${encodeURIComponent(region)}`;
}

/** The region, if the console can show it. */
export function knownRegion(text: string | null): string | undefined {
  return consoleRegions.find((region) => region === text);
}

/** The region that an AWS console host begins with, '' for the one without; undefined for any other host. */
function awsConsoleRegion(url: URL): string | undefined {
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  if (url.hostname === awsConsole) return '';
  const label = url.hostname.endsWith(`.${awsConsole}`) ? url.hostname.slice(0, -awsConsole.length - 1) : null;
  return knownRegion(label);
}
