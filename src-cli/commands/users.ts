import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../src-service/config/duration.ts';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { withRolegate } from '../connect.ts';
import { formatOption, parseNames } from '../options.ts';
import { note, print, table, timeLeft } from '../output.ts';
import { documentYaml, showResource, showResources } from '../resources.ts';

/** `rolegate users …`: local users, their roles, traits and invitations. */
export function addUserCommands(program: Command): void {
  const users = program.command('users').description('users, their roles and traits');
  users.command('ls').description('list users').addOption(formatOption('text', 'json')).action(list);
  users
    .command('add')
    .description('make a user, and an invitation by which the user chooses a password')
    .argument('<name>')
    .addOption(new Option('--roles <roles>', 'roles, with commas between them').argParser(parseNames).default([]))
    .addOption(traitOption('--trait <name=values>', 'a trait, with commas between its values; may be repeated'))
    .addOption(ttlOption())
    .action(add);
  users
    .command('update')
    .description('change the roles or traits of a user')
    .argument('<name>')
    .addOption(new Option('--set-roles <roles>', 'the roles that the user has from now on').argParser(parseNames))
    .addOption(traitOption('--set-trait <name=values>', 'a trait; without values it is taken away; may be repeated'))
    .action(update);
  users.command('rm').description('delete users').argument('<name...>').action(remove);
  users
    .command('reset')
    .description('take away a user’s password and authenticator, end all logins, and invite to choose a new password')
    .argument('<name>')
    .addOption(ttlOption())
    .action(reset);
}

type Traits = Record<string, string[]>;

function traitOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string, traits: Traits = {}) => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('A trait looks like team=red,blue.');
    const values = text.slice(at + 1);
    return { ...traits, [text.slice(0, at)]: values === '' ? [] : parseNames(values) };
  });
}

const defaultLifetime = 3_600_000;

function ttlOption(): Option {
  return new Option('--ttl <duration>', 'how long the invitation is good, up to 48h (default: 1h)')
    .default(defaultLifetime, '1h')
    .argParser((text) => {
      const lifetime = parseDuration(text);
      if (lifetime !== undefined && lifetime >= 60_000 && lifetime <= 48 * 3_600_000) return lifetime;
      throw new InvalidArgumentError('A duration from 1m to 48h is needed.');
    });
}

async function list({ format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const users = (await showResources(calls, 'user')).map(({ document }) => {
      const { roles = [], traits = {} } = document.spec as { roles?: string[]; traits?: Traits };
      return { name: String(document.metadata['name']), roles, traits };
    });
    if (format === 'json') print(JSON.stringify(users, null, 2));
    else
      print(
        table(
          ['User', 'Roles', 'Traits'],
          users.map(({ name, roles, traits }) => [name, roles.join(', '), Object.keys(traits).join(', ')]),
        ),
      );
  });
}

async function add(name: string, { roles, trait = {}, ttl }: { roles: string[]; trait?: Traits; ttl: number }) {
  await withRolegate(async (calls) => {
    const document = { kind: 'user', version: 'v2', metadata: { name }, spec: { roles, traits: trait } };
    await write(calls, name, document, 'create');
    print(`User ${name} was made${roles.length > 0 ? ` with the roles ${roles.join(', ')}` : ', without roles'}.`);
    await invite(calls, name, ttl);
  });
}

async function update(name: string, { setRoles, setTrait }: { setRoles?: string[]; setTrait?: Traits }): Promise<void> {
  if (!setRoles && !setTrait) {
    throw new RolegateError('bad_input', 'Say what to change, with --set-roles or --set-trait.');
  }
  await withRolegate(async (calls) => {
    const { document } = await showResource(calls, 'user', name);
    const spec = document.spec as { roles?: string[]; traits?: Traits };
    const traits = Object.entries({ ...spec.traits, ...setTrait }).filter(([, values]) => values.length > 0);
    const changed = { ...spec, roles: setRoles ?? spec.roles, traits: Object.fromEntries(traits) };
    // With the revision that was read: what somebody else changes in between is not overwritten.
    await write(calls, name, { ...document, spec: changed }, 'upsert');
    print(`User ${name} was updated. What this changes holds from now on; nobody has to log in again.`);
  });
}

async function write(calls: Calls, name: string, document: unknown, mode: 'create' | 'upsert'): Promise<void> {
  await calls.call('resources.write', { files: [{ file: `user/${name}`, text: documentYaml(document) }], mode });
}

async function remove(names: readonly string[]): Promise<void> {
  await withRolegate(async (calls) => {
    for (const name of names) {
      await calls.call('resources.delete', { kind: 'user', name });
      print(`User ${name} was deleted.`);
    }
  });
}

async function reset(name: string, { ttl }: { ttl: number }): Promise<void> {
  await withRolegate(async (calls) => {
    await invite(calls, name, ttl);
    note('The old password and authenticator work no more, and every login has ended.');
  });
}

async function invite(calls: Calls, user: string, lifetime: number): Promise<void> {
  const { token, expiresAt } = await calls.call('users.reset', { user, lifetime });
  const { serviceUrl } = await calls.call('state.get', {});
  note(`Give this to ${user}, and to nobody else. It works once, within ${timeLeft(expiresAt + 59_999)}:`);
  const service = serviceUrl === undefined ? '' : ` --service ${serviceUrl}`;
  print(`rolegate login${service} --invitation ${token}`);
}
