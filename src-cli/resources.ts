import { stringify } from 'yaml';
import type { ResourceInfo } from '../src-shared/contracts/admin-api.ts';
import type { Calls } from '../src-shared/contracts/calls.ts';
import { RolegateError } from '../src-shared/errors.ts';

/** All resources of a kind, or the one that is named. */
export async function showResources(
  calls: Calls,
  kind: string,
  { name, withSecrets = false }: { name?: string | undefined; withSecrets?: boolean } = {},
): Promise<ResourceInfo[]> {
  const all: ResourceInfo[] = [];
  let after: string | undefined;
  do {
    const page = await calls.call('resources.show', {
      kind,
      withSecrets,
      ...(name !== undefined && { name }),
      ...(after !== undefined && { after }),
    });
    all.push(...page.resources);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** The one resource of this name. @throws RolegateError `not_found` */
export async function showResource(calls: Calls, kind: string, name: string): Promise<ResourceInfo> {
  const [found] = await showResources(calls, kind, { name });
  if (found) return found;
  throw new RolegateError('not_found', `There is no ${kind} ${name}.`);
}

/** Takes `role/admin` apart. A name may hold slashes. */
export function parseReference(text: string): { kind: string; name: string | undefined } {
  const slash = text.indexOf('/');
  if (slash < 0) return { kind: text, name: undefined };
  return { kind: text.slice(0, slash), name: text.slice(slash + 1) };
}

/** Like {@link parseReference}, where one resource is meant. @throws RolegateError `bad_input` */
export function requireReference(text: string): { kind: string; name: string } {
  const { kind, name } = parseReference(text);
  if (kind !== '' && name !== undefined && name !== '') return { kind, name };
  throw new RolegateError('bad_input', `"${text}" names no resource.`, {
    hint: 'Write kind and name with a slash between them, such as role/aws-dynamodb-access.',
  });
}

/** Documents as one YAML text, each with a remark where one is in place. */
export function toYaml(resources: readonly ResourceInfo[]): string {
  return resources.map((resource) => `${remarkOn(resource)}${documentYaml(resource.document)}`).join('---\n');
}

export function documentYaml(document: unknown): string {
  return stringify(document, { lineWidth: 0 });
}

function remarkOn({ origin, file, unreadable }: ResourceInfo): string {
  const remarks: string[] = [];
  if (origin === 'static') remarks.push(`comes from ${file}, and is changed there`);
  if (origin === 'default') remarks.push(`comes with the service (${file}), and can be replaced`);
  if (unreadable !== undefined) remarks.push(`cannot be used: ${unreadable}`);
  return remarks.map((remark) => `# ${remark}\n`).join('');
}
