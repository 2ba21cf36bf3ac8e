import type { Command } from 'commander';
import { formatOption, portOption } from '../options.ts';

/** `rolegate sandbox start`: an app-service with an emulated AWS behind it, to try clients on. */
export function addSandboxCommands(program: Command): void {
  const sandbox = program.command('sandbox').description('an app-service with an emulated AWS, to try things on');
  sandbox
    .command('start')
    .description('start it and serve it over TLS on this machine until interrupted')
    .addOption(portOption('port of the app-service (any free one by default)'))
    .addOption(formatOption('text', 'json'))
    .action(async (options: { port?: number; format: string }) => {
      // Loaded here: it is a whole service, and the other commands have no use for it.
      const { startSandboxService } = await import('../sandbox-service.ts');
      await startSandboxService(options);
    });
}
