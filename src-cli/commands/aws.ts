import type { Command } from 'commander';
import { RolegateError } from '../../src-shared/errors.ts';
import { requireAppSession } from '../app-session.ts';
import { withRolegate } from '../connect.ts';
import { run } from '../environment.ts';
import { appOption, awsRoleOption } from '../options.ts';

/** `rolegate aws …`: the aws CLI, through the gateway. */
export function addAwsCommand(program: Command): void {
  program
    .command('aws')
    .description('run the aws CLI with the IAM role that you use')
    .addOption(appOption())
    .addOption(awsRoleOption())
    .argument('[args...]', 'what you would give to aws')
    .passThroughOptions()
    .allowUnknownOption()
    // `--help` is the aws CLI's.
    .helpOption(false)
    .action(runAws);
}

async function runAws(args: string[], { app, awsRole }: { app?: string; awsRole?: string }): Promise<void> {
  process.exitCode = await withRolegate(
    async (calls) => {
      const session = await requireAppSession(calls, { app, awsRole });
      const { port } = await calls.call('gateway.open', { mode: 'proxy', port: 0 });
      const { env, unset } = await calls.call('gateway.settings', { appSessionId: session.id, mode: 'proxy', port });
      const inherited = Object.entries(process.env).filter(([name]) => !unset.includes(name));
      return run('aws', args, { ...Object.fromEntries(inherited), ...env }).catch((error: unknown) => {
        if ((error as { code?: string }).code !== 'ENOENT') throw error;
        throw new RolegateError('not_found', 'The aws CLI is not installed.', {
          hint: 'Install it (https://aws.amazon.com/cli/), then try again.',
        });
      });
    },
    { stays: true },
  );
}
