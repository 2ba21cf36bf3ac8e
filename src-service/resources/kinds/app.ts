import { z } from 'zod';
import { partitions } from '../../../src-shared/aws/partitions.ts';
import type { AppConfig } from '../../options.ts';
import { defineKind, documentSchema, type Finding, text } from '../document.ts';

const schema = documentSchema(
  'app',
  ['v3'],
  z.strictObject({
    uri: text,
    cloud: z.literal('AWS').optional(),
    aws: z.strictObject({ external_id: text.min(2).max(1224).optional() }).optional(),
  }),
);
type AppDocument = z.output<typeof schema>;

const consoleHosts = partitions.map(({ consoleHost }) => consoleHost).filter((host) => host !== undefined);

/** `app`: an AWS account entry that the service offers. */
export const appKind = defineKind({ kind: 'app', plural: 'apps', schema, check: findings });

function findings({ metadata, spec }: AppDocument): Finding[] {
  const found: Finding[] = [];
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(metadata.name)) {
    const message = `"${metadata.name}" is no name for an app: small letters, digits and dashes, 63 at most.`;
    found.push({ path: ['metadata', 'name'], message });
  }
  if (!isConsole(spec.uri)) {
    const message = `"${spec.uri}" is no address of an AWS console, such as https://console.aws.amazon.com/console/home.`;
    found.push({ path: ['spec', 'uri'], message });
  }
  const account = metadata.labels?.['aws_account_id'];
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    const message = `"${account}" is no account number: those have 12 digits.`;
    found.push({ path: ['metadata', 'labels', 'aws_account_id'], message });
  }
  return found;
}

/** The console of a partition, or of one of its regions (`eu-west-1.console.aws.amazon.com`). */
function isConsole(uri: string): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.port !== '') return false;
  return consoleHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

export function toApp({ metadata, spec }: AppDocument): AppConfig {
  const externalId = spec.aws?.external_id;
  return {
    name: metadata.name,
    description: metadata.description ?? '',
    uri: spec.uri,
    labels: metadata.labels ?? {},
    ...(externalId !== undefined && { externalId }),
  };
}
