import { Command } from 'commander';
import { addAccessCommands } from './commands/access.ts';
import { addAccountCommands } from './commands/account.ts';
import { addAppsCommands } from './commands/apps.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addAwsCommand } from './commands/aws.ts';
import { addBackendCommands } from './commands/backend.ts';
import { addConnectorCommands } from './commands/connectors.ts';
import { addConsoleCommand } from './commands/console.ts';
import { addLoginCommands } from './commands/login.ts';
import { addOpenCommand } from './commands/open.ts';
import { addProxyCommands } from './commands/proxy.ts';
import { addRequestCommands } from './commands/requests.ts';
import { addResourceCommands } from './commands/resources.ts';
import { addSandboxCommands } from './commands/sandbox.ts';
import { addServiceCommands } from './commands/service.ts';
import { addSessionCommands } from './commands/sessions.ts';
import { addStatusCommands } from './commands/status.ts';
import { addTableCommands } from './commands/table.ts';
import { addUserCommands } from './commands/users.ts';

/** The `rolegate` command with all its parts. Wrong usage throws a CommanderError. */
export function createCommands(): Command {
  const program = new Command('rolegate')
    .description('AWS access through IAM roles, without AWS keys')
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('Add --help for the options.');
  addLoginCommands(program);
  addStatusCommands(program);
  addAccountCommands(program);
  addAppsCommands(program);
  addProxyCommands(program);
  addAwsCommand(program);
  addConsoleCommand(program);
  addOpenCommand(program);
  addTableCommands(program);
  addUserCommands(program);
  addResourceCommands(program);
  addAccessCommands(program);
  addRequestCommands(program);
  addSessionCommands(program);
  addConnectorCommands(program);
  addAuditCommands(program);
  addServiceCommands(program);
  addBackendCommands(program);
  addSandboxCommands(program);
  return program;
}
