import type { Command } from 'commander';
import type { ResourceInfo, WriteResourcesRequest } from '../../src-shared/contracts/admin-api.ts';
import { withRolegate } from '../connect.ts';
import { editText } from '../edit-text.ts';
import { formatOption } from '../options.ts';
import { print, table } from '../output.ts';
import { documentYaml, parseReference, requireReference, showResource, showResources, toYaml } from '../resources.ts';
import { readTextFile } from '../text-files.ts';

/** `rolegate create`, `update`, `get`, `edit` and `rm`: users, roles and all other resources. */
export function addResourceCommands(program: Command): void {
  const files = 'YAML files with one or more documents each (- for standard input)';
  program
    .command('create')
    .description('create users, roles and other resources from YAML')
    .option('-f, --force', 'replace those that are there already')
    .argument('<file...>', files)
    .action((paths: string[], { force }: { force?: true }) => write(paths, force ? 'upsert' : 'create'));
  program
    .command('update')
    .description('update resources that are there already from YAML')
    .argument('<file...>', files)
    .action((paths: string[]) => write(paths, 'update'));
  program
    .command('get')
    .description('show resources')
    .argument('<resource...>', 'a kind (roles), or a kind and a name (role/admin); several with commas or spaces')
    .option('--with-secrets', 'with secrets, for a document that is to be changed and written back')
    .addOption(formatOption('yaml', 'json', 'text'))
    .action(get);
  program
    .command('edit')
    .description('change a resource in your editor ($VISUAL or $EDITOR)')
    .argument('<kind/name>')
    .action(edit);
  program.command('rm').description('delete resources').argument('<kind/name...>').action(remove);
}

async function write(paths: readonly string[], mode: WriteResourcesRequest['mode']): Promise<void> {
  const files = await Promise.all(paths.map(readTextFile));
  await withRolegate(async (calls) => {
    for (const { kind, name, action } of await calls.call('resources.write', { files, mode })) {
      print(`${kind} ${name} ${action === 'unchanged' ? 'was like that already' : `was ${action}`}.`);
    }
  });
}

async function get(wanted: string[], options: { withSecrets?: true; format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const found: ResourceInfo[] = [];
    for (const text of wanted.flatMap((one) => (one.includes('/') ? [one] : one.split(',')))) {
      const { kind, name } = parseReference(text.trim());
      found.push(...(await showResources(calls, kind, { name, withSecrets: options.withSecrets ?? false })));
    }
    print(formatted(found, options.format).trimEnd());
  });
}

function formatted(resources: readonly ResourceInfo[], format: string): string {
  switch (format) {
    case 'json':
      return JSON.stringify(
        resources.map(({ document }) => document),
        null,
        2,
      );
    case 'text':
      return table(
        ['Kind', 'Name', 'From', 'Description'],
        resources.map(({ document, origin, file }) => [
          document.kind,
          String(document.metadata['name']),
          origin === 'stored' ? '' : (file ?? origin),
          String(document.metadata['description'] ?? ''),
        ]),
      );
    default:
      return toYaml(resources);
  }
}

async function edit(reference: string): Promise<void> {
  const { kind, name } = requireReference(reference);
  await withRolegate(async (calls) => {
    const read = async () => documentYaml((await showResource(calls, kind, name)).document);
    const write = async (text: string) => {
      const files = [{ file: `${kind}/${name}`, text }];
      return (await calls.call('resources.write', { files, mode: 'upsert' }))[0];
    };
    const written = await editText(`${kind}-${name}`, await read(), write, read);
    print(written === undefined ? 'Nothing was changed.' : `${written.kind} ${written.name} was ${written.action}.`);
  });
}

async function remove(references: readonly string[]): Promise<void> {
  const wanted = references.map(requireReference);
  await withRolegate(async (calls) => {
    for (const { kind, name } of wanted) {
      await calls.call('resources.delete', { kind, name });
      print(`${kind} ${name} was deleted.`);
    }
  });
}
