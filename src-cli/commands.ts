import { Command } from 'commander';
import { addAppsCommands } from './commands/apps.ts';
import { addAwsCommand } from './commands/aws.ts';
import { addConsoleCommand } from './commands/console.ts';
import { addLoginCommands } from './commands/login.ts';
import { addProxyCommands } from './commands/proxy.ts';
import { addSandboxCommands } from './commands/sandbox.ts';
import { addStatusCommands } from './commands/status.ts';

/** The `rolegate` command with all its parts. Wrong usage throws a CommanderError. */
export function createCommands(): Command {
  const program = new Command('rolegate')
    .description('AWS access through IAM roles, without AWS keys')
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('Add --help for the options.');
  addLoginCommands(program);
  addStatusCommands(program);
  addAppsCommands(program);
  addProxyCommands(program);
  addAwsCommand(program);
  addConsoleCommand(program);
  addSandboxCommands(program);
  return program;
}
