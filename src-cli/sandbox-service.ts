import { join } from 'node:path';
import { createLog } from '../src-main/engine/log.ts';
import { lockSandbox } from '../src-main/engine/ways/sandbox-way.ts';
import { openSettings } from '../src-main/home/settings.ts';
import { createSandboxService } from '../src-main/service-client/in-process-sandbox.ts';
import { startSandbox } from '../src-sandbox/sandbox.ts';
import { selfMadeCertificate } from '../src-service/http/certificate.ts';
import { startServiceServer } from '../src-service/http/server.ts';
import { silentLog } from '../src-service/log.ts';
import { home, interrupted, preparedDir, version } from './environment.ts';
import { note, print } from './output.ts';

/** Serves a sandbox and its app-service until interrupted, and prints how to reach them. */
export async function startSandboxService({ port = 0, format }: { port?: number; format: string }): Promise<void> {
  const folder = home.wayFolder('sandbox');
  const lock = await lockSandbox(folder);
  const log = createLog(home.folder);
  const stateDir = join(folder, 'service');
  const onError = (error: unknown) => log.error(error, { part: 'sandbox' });
  const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir, onError });
  const { audit } = (await openSettings(home.settingsFile)).get();
  const service = await createSandboxService(sandbox, { stateDir, version, audit });
  const names = { dns: ['localhost'], ip: ['127.0.0.1'] };
  const { caFile, ...tls } = await selfMadeCertificate(stateDir, names, Date.now());
  const server = await startServiceServer({
    service,
    tls,
    port,
    log: { ...silentLog, error: (message, details) => log.error(new Error(message), details ?? {}) },
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
