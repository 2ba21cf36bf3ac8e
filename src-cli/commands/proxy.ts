import type { Command } from 'commander';
import { lines } from '../../src-main/tools/snippets.ts';
import type { Shell, ToolSettings } from '../../src-shared/contracts/gateway.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { endsSoon } from '../../src-shared/local-authority.ts';
import { requireAppSession } from '../app-session.ts';
import { withRolegate } from '../connect.ts';
import { interrupted } from '../environment.ts';
import { appOption, awsRoleOption, formatOption, portOption } from '../options.ts';
import { note, print } from '../output.ts';

interface ProxyOptions {
  app?: string;
  awsRole?: string;
  port?: number;
  endpointUrl?: true;
  format: string;
}

/** `rolegate proxy aws`: the gateway in a terminal, for as long as it is needed. */
export function addProxyCommands(program: Command): void {
  const defaultFormat = process.platform === 'win32' ? 'powershell' : 'unix';
  const formats = ['unix', 'json', 'text', 'powershell', 'command-prompt'];
  program
    .command('proxy')
    .description('a local address for tools')
    .command('aws')
    .description('serve the AWS app to tools until interrupted, and print how to set them up')
    .addOption(appOption())
    .addOption(awsRoleOption())
    .addOption(
      portOption('port to listen on (23456, or 23457 with --endpoint-url, unless another was chosen in the app)'),
    )
    .option('-e, --endpoint-url', 'be an AWS endpoint instead of an HTTPS proxy')
    .addOption(formatOption(defaultFormat, ...formats.filter((format) => format !== defaultFormat)))
    .action(serve);
}

async function serve({ app, awsRole, port, endpointUrl, format }: ProxyOptions): Promise<void> {
  const mode = endpointUrl ? 'endpoint' : 'proxy';
  await withRolegate(
    async (calls, { lost }) => {
      const session = await requireAppSession(calls, { app, awsRole });
      const opened = await calls
        .call('gateway.open', { mode, ...(port !== undefined && { port }) })
        .catch((error: unknown) => {
          if (!(error instanceof RolegateError) || error.code !== 'conflict') throw error;
          throw new RolegateError('conflict', error.message, {
            hint: `${error.hint ?? ''} Choose another with -p, or any free one with -p 0.`.trim(),
          });
        });
      const settings = await calls.call('gateway.settings', { appSessionId: session.id, mode, port: opened.port });
      const ended = Promise.race([interrupted().then(() => true), lost.then(() => false)]);
      const { caExpiresAt } = (await calls.call('state.get', {})).gateway;
      if (endsSoon(caExpiresAt, Date.now())) note(certificateEnds(caExpiresAt));
      print(formatted(settings, format));
      if (!(await ended)) throw new RolegateError('unavailable', 'Rolegate was closed, so this address is gone.');
    },
    { stays: true },
  );
}

function certificateEnds(at: number): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return `The certificate that tools trust ends on ${day}. Renew it in the app: Settings > Gateway > Renew.`;
}

function formatted(settings: ToolSettings, format: string): string {
  const { mode, url, env, unset } = settings;
  switch (format) {
    case 'json':
      return JSON.stringify({ mode, url, env, unset });
    case 'text': {
      note(`Serving the AWS app at ${url}. Press Ctrl+C to stop.`);
      return Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n');
    }
    default:
      note(`Serving the AWS app at ${url}. Press Ctrl+C to stop. Paste this into the terminal of your tool:`);
      return lines(settings, format as Shell).join('\n');
  }
}
