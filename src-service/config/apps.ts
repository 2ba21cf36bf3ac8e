import { z } from 'zod';
import type { AppConfig } from '../options.ts';
import { type Finding, labels, name, text } from '../resources/document.ts';
import { appKind, toApp } from '../resources/kinds/app.ts';

/** An entry under `apps`. */
export const appEntry = z.strictObject({
  name,
  uri: text,
  description: text.optional(),
  labels: labels.optional(),
  cloud: z.literal('AWS').optional(),
  aws: z.strictObject({ external_id: text.min(2).max(1224).optional() }).optional(),
});
type AppEntry = z.output<typeof appEntry>;

/** What is wrong with apps that their schema cannot tell; paths begin below `apps`. */
export function appFindings(apps: readonly AppEntry[]): Finding[] {
  return apps.flatMap((app, index) => {
    const own = appKind.check?.(toDocument(app)) ?? [];
    // Where a document has it under `metadata` and `spec`, an entry has it at its top.
    const found = own.map((finding) => ({ ...finding, path: [index, ...finding.path.slice(1)] }));
    const isSecond = apps.findIndex((other) => other.name === app.name) !== index;
    return isSecond ? [...found, { path: [index, 'name'], message: `There is already an app ${app.name}.` }] : found;
  });
}

export function toApps(apps: readonly AppEntry[]): AppConfig[] {
  return apps.map((app) => toApp(toDocument(app)));
}

function toDocument({ name, description, labels, ...spec }: AppEntry) {
  const metadata = { name, ...(description !== undefined && { description }), ...(labels && { labels }) };
  return { kind: 'app' as const, version: 'v3' as const, metadata, spec };
}
