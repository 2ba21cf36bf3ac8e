import type { Command } from 'commander';
import { connectorKind } from '../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { withRolegate } from '../connect.ts';
import { formatOption } from '../options.ts';
import { print, table } from '../output.ts';

/** `rolegate connectors`: the sign-on providers of the cluster. They are written with `create`, like all documents. */
export function addConnectorCommands(program: Command): void {
  const connectors = program.command('connectors').description('single sign-on: what the cluster offers');
  connectors
    .command('ls')
    .description('list the connectors that one can log in with')
    .addOption(formatOption('text', 'json'))
    .action(list);
  connectors
    .command('test')
    .description('try a connector without logging in, and show what its provider has to be told')
    .argument('<connector>', 'its name, or kind/name')
    .addOption(formatOption('text', 'json'))
    .action(test);
}

async function list({ format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { connectors, preferred } = await calls.call('session.signInOffer', {});
    if (format === 'json') return print(JSON.stringify(connectors, null, 2));
    const rows = connectors.map(({ kind, name, display }) => {
      const isFirst = preferred?.kind === kind && preferred.name === name;
      return [`${kind}/${name}`, display, isFirst ? 'yes' : ''];
    });
    print(rows.length === 0 ? 'There are no connectors.' : table(['Connector', 'Shown as', 'Preferred'], rows));
  });
}

async function test(connector: string, { format }: { format: string }): Promise<void> {
  await withRolegate(async (calls) => {
    const { connectors } = await calls.call('session.signInOffer', {});
    const found = connectors.find(({ kind, name }) => connector === name || connector === `${kind}/${name}`);
    const [kindText = '', name = ''] = connector.split(/\/(.*)/s);
    const kind = connectorKind.safeParse(kindText).data;
    const id = found ? { kind: found.kind, name: found.name } : kind && { kind, name };
    if (!id) throw new RolegateError('not_found', `There is no connector ${connector}.`);
    const result = await calls.call('connectors.test', id);
    if (format === 'json') print(JSON.stringify(result, null, 2));
    else {
      for (const { what, ok, detail } of result.checks) print(`${ok ? 'ok    ' : 'FAILED'}  ${what}: ${detail ?? ''}`);
      if (result.register.length > 0) print('\nWhat its provider has to be told:');
      for (const { what, value } of result.register) print(`  ${what}: ${value}`);
    }
    if (!result.ok) throw new RolegateError('unavailable', `Logins with ${id.kind}/${id.name} will not work.`);
  });
}
