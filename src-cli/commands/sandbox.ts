import { join } from 'node:path';
import type { Command } from 'commander';
import { openLog } from '../../src-main/engine/log.ts';
import { lockSandbox } from '../../src-main/engine/ways/sandbox-way.ts';
import { createSandboxService } from '../../src-main/service-client/in-process-sandbox.ts';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { startServiceServer } from '../../src-service/http/server.ts';
import { home, interrupted, preparedDir, version } from '../environment.ts';
import { formatOption, portOption } from '../options.ts';
import { note, print } from '../output.ts';

/** `rolegate sandbox start`: an app-service with an emulated AWS behind it, to try clients on. */
export function addSandboxCommands(program: Command): void {
  const sandbox = program.command('sandbox').description('an app-service with an emulated AWS, to try things on');
  sandbox
    .command('start')
    .description('start it and serve it over TLS on this machine until interrupted')
    .addOption(portOption('port of the app-service (any free one by default)'))
    .addOption(formatOption('text', 'json'))
    .action(start);
}

async function start({ port = 0, format }: { port?: number; format: string }): Promise<void> {
  const folder = home.wayFolder('sandbox');
  const lock = await lockSandbox(folder);
  const log = await openLog(home.folder);
  const stateDir = join(folder, 'service');
  const onError = (error: unknown) => log.error({ err: error }, 'sandbox');
  const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir, onError });
  const service = await createSandboxService(sandbox, { stateDir, version });
  const names = { dns: ['localhost'], ip: ['127.0.0.1'] };
  const { caFile, ...tls } = await selfMadeCertificate(stateDir, names, Date.now());
  const server = await startServiceServer({
    service,
    tls,
    port,
    log: {
      info: (message, details) => log.info(details, message),
      warn: (message, details) => log.warn(details, message),
      error: (message, details) => log.error(details, message),
    },
  });
  const address = `https://127.0.0.1:${server.port}`;
  const ended = interrupted();

  if (format === 'json') {
    print(JSON.stringify({ service: address, ca: caFile, users: sandbox.users, aws: sandbox.endpoints }));
  } else {
    print(`The sandbox's app-service answers at ${address}.`);
    print(`Its certificate authority: ${caFile}`);
    print('Users:');
    for (const { user, password } of sandbox.users) print(`  ${user}  password: ${password}`);
    print(`The emulated AWS: ${sandbox.endpoints.dynamodb}`);
    print('');
    print('Log in from another terminal with:');
    print(`  rolegate login --service ${address} --ca '${caFile}' --user ${sandbox.users[0]?.user ?? 'NAME'}`);
    note('Press Ctrl+C to stop.');
  }

  await ended;
  await server.close();
  await service.close();
  await sandbox.close();
  lock.release();
}
