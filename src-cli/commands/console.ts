import type { Command } from 'commander';
import { requireAppSession } from '../app-session.ts';
import { withRolegate } from '../connect.ts';
import { shownTime } from '../moments.ts';
import { appOption, awsRoleOption } from '../options.ts';
import { note, print } from '../output.ts';

interface ConsoleOptions {
  app?: string;
  awsRole?: string;
  region?: string;
  table?: string;
  print?: true;
}

/** `rolegate console`: the AWS console, signed in with an IAM role. */
export function addConsoleCommand(program: Command): void {
  program
    .command('console')
    .description('open the AWS console, signed in with the IAM role that you use')
    .addOption(appOption())
    .addOption(awsRoleOption())
    .option('--region <region>', 'region to open it in')
    .option('--table <name>', 'open the page of this DynamoDB table')
    .option('--print', 'print the link instead of opening it')
    .action(openConsole);
}

async function openConsole({ app, awsRole, region, table, print: prints }: ConsoleOptions): Promise<void> {
  await withRolegate(async (calls) => {
    const session = await requireAppSession(calls, { app, awsRole });
    const target = {
      appSessionId: session.id,
      ...(region !== undefined && { region }),
      ...(table !== undefined && { show: { kind: 'table' as const, table } }),
    };
    if (prints) {
      const { url, signedInUntil } = await calls.call('console.link', target);
      print(url);
      note('The link works once. Whoever opens it is signed in.');
      note(consoleStays(signedInUntil));
      return;
    }
    const { opened, url, signedInUntil } = await calls.call('console.launch', target);
    if (opened) print(`Opened the AWS console in your browser, as ${session.role.name}.`);
    else {
      note('There is no browser here. Open this link elsewhere; it works once:');
      print(url ?? '');
    }
    note(consoleStays(signedInUntil));
  });
}

/** What whoever opens a console has to know of its end. */
function consoleStays(until: number): string {
  return `It stays signed in until ${shownTime(until)}. Nobody can end it before, also not by ending this session.`;
}
