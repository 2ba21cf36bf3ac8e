import type { Command } from 'commander';
import { RolegateError } from '../../src-shared/errors.ts';
import { parseLink } from '../../src-shared/links/link.ts';
import { withRolegate } from '../connect.ts';
import { print } from '../output.ts';

/** `rolegate open`: a link to a table or a query, shown in the window that is open. */
export function addOpenCommand(program: Command): void {
  program
    .command('open')
    .description('show where a rolegate:// link leads, in the window that is open')
    .argument('<link>', 'as "Copy link" makes it')
    .action(openLink);
}

async function openLink(url: string): Promise<void> {
  const { table, account, region } = parseLink(url);
  await withRolegate(
    async (calls, { own }) => {
      if (own) {
        throw new RolegateError('unavailable', 'No window of Rolegate is open.', {
          hint: 'Start Rolegate, then run this again.',
        });
      }
      await calls.call('links.show', { url });
    },
    { opens: false },
  );
  print(`Look at the window: it asks whether to open ${table} in account ${account}, ${region}.`);
}
