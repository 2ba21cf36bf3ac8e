import { type Command, Option } from 'commander';
import { print } from '../output.ts';

/** `rolegate service start`, `check` and `config`: an app-service for a team. */
export function addServiceCommands(program: Command): void {
  const service = program.command('service').description('an app-service for a team, as a server');
  service
    .command('start')
    .description('serve it until interrupted; SIGHUP reads certificate, apps and resource files again')
    .addOption(configOption())
    .action(async ({ config }: { config?: string }) => {
      // Loaded here: it is a whole service, and the other commands have no use for it.
      const { startService } = await import('../service/start.ts');
      await startService(await fileOf(config));
    });
  service
    .command('check')
    .description('check a configuration and all files that it names, and say what it would do')
    .addOption(configOption())
    .option('--connect', 'try the table in DynamoDB and the AWS credentials as well')
    .action(async ({ config, connect = false }: { config?: string; connect?: boolean }) => {
      const { checkService } = await import('../service/check.ts');
      await checkService(await fileOf(config), { connects: connect });
    });
  service
    .command('config')
    .description('print a configuration with everything that there is, to begin with')
    .option('--minimal', 'the shortest one that is of use')
    .action(async ({ minimal }: { minimal?: true }) => {
      const { exampleConfig } = await import('../../src-service/config/example.ts');
      print((minimal ? exampleConfig.minimal : exampleConfig.whole).trimEnd());
    });
}

function configOption(): Option {
  return new Option('-c, --config <file>', 'the configuration (ROLEGATE_CONFIG, else /etc/rolegate.yaml)');
}

async function fileOf(given: string | undefined): Promise<string> {
  const { defaultConfigFile } = await import('../service/prepare.ts');
  return given ?? defaultConfigFile();
}
