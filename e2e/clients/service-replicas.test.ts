import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { startDynalite } from '../../src-sandbox/engine/dynalite.ts';
import { dynoxideProgram, startDynoxide } from '../../src-sandbox/engine/dynoxide.ts';
import type { Engine } from '../../src-sandbox/engine/engine.ts';
import { describeCertificate, selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { freePort } from '../fixtures/free-port.ts';
import { startTeamServer, type TeamServer } from '../fixtures/team-server.ts';
import { removeHome, temporaryHome } from '../integration/test-engine.ts';
import { cleanEnvironment, rolegate, rolegateScript, run } from './command-line.ts';

/** Two servers of one team on one table in DynamoDB, which start at the same moment. */
describe('replicas of a team’s server', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-replicas-'));
  const password = 'correct horse battery';
  const environment = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret' };
  const homes: Home[] = [];
  let engine: Engine;
  let caFile: string;
  let servers: TeamServer[] = [];

  beforeAll(async () => {
    mkdirSync(join(folder, 'table'));
    const startEngine = dynoxideProgram() === undefined ? startDynalite : startDynoxide;
    engine = await startEngine({ folder: join(folder, 'table'), region: 'us-east-1' });
    const create = ['backend', 'create-table', '--table', 'rolegate', '--region', 'us-east-1'];
    const made = await run(process.execPath, [rolegateScript, ...create, '--endpoint-url', engine.origin], {
      env: cleanEnvironment(environment),
    });
    expect(made).toMatchObject({ code: 0 });

    const certificate = await selfMadeCertificate(join(folder, 'tls'), { ip: ['127.0.0.1'] }, Date.now());
    ({ caFile } = certificate);
    const files = { cert_file: join(folder, 'cert.pem'), key_file: join(folder, 'key.pem') };
    writeFileSync(files.cert_file, certificate.cert);
    writeFileSync(files.key_file, certificate.key, { mode: 0o600 });

    const ports = [await freePort(), await freePort()];
    servers = await Promise.all(
      ports.map((port, index) =>
        startTeamServer({
          folder: join(folder, `server-${index}`),
          environment,
          config: {
            listen: port,
            tls: files,
            store: { type: 'dynamodb', table: 'rolegate', endpoint: engine.origin },
            aws: { region: 'us-east-1' },
            apps: [{ name: 'aws', uri: 'https://console.aws.amazon.com/console/home' }],
          },
        }),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await engine.close();
    homes.forEach(removeHome);
    rmSync(folder, { recursive: true, force: true });
  });

  const home = () => {
    const made = temporaryHome();
    homes.push(made);
    return made;
  };
  const login = (where: Home, server: TeamServer | undefined, args: string[]) =>
    rolegate(where, ['login', '--service', server?.url ?? '', '--ca', caFile, '--password-stdin', ...args], password);
  const [first, second] = [home(), home()];

  it('invite one first administrator together', async () => {
    // The one whose invitation is void takes it back by itself, and then says so.
    const invited = () => servers.filter((server) => server.firstAdministrator() !== undefined);
    await expect.poll(() => invited().length, { timeout: 20_000 }).toBe(1);
    const [server] = invited();
    await expect
      .poll(() => servers.find((other) => other !== server)?.output(), { timeout: 20_000 })
      .toContain('another instance of this cluster has made a newer one');
    const invitation = server?.firstAdministrator()?.split(' ').at(-1) ?? '';
    expect(server?.firstAdministrator()).not.toContain('--fingerprint');
    expect(await login(first, server, ['--user', 'root', '--invitation', invitation])).toMatchObject({ code: 0 });
    await expect.poll(invited, { timeout: 20_000 }).toEqual([]);
  });

  it('know what the other has written, and whom it has let in', async () => {
    const [a, b] = servers;
    expect(await login(first, a, ['--user', 'root'])).toMatchObject({ code: 0 });
    const dev = 'kind: role\nversion: v8\nmetadata: {name: dev}\nspec: {}\n';
    expect(await rolegate(first, ['create', '-'], dev)).toMatchObject({ code: 0 });
    expect(await login(second, b, ['--user', 'root'])).toMatchObject({ code: 0 });
    const roles = async () => (await rolegate(second, ['get', 'roles', '-f', 'text'])).stdout;
    await expect.poll(roles, { timeout: 30_000 }).toContain('dev');
    expect((await rolegate(second, ['sessions', 'ls'])).stdout.match(/^\S+ +root/gm)?.length).toBeGreaterThan(1);
  });

  it('show a renewed certificate without a restart', async () => {
    const renewed = await selfMadeCertificate(join(folder, 'renewed'), { ip: ['127.0.0.1'] }, Date.now());
    const { fingerprint } = describeCertificate(renewed);
    writeFileSync(join(folder, 'cert.pem'), renewed.cert);
    writeFileSync(join(folder, 'key.pem'), renewed.key, { mode: 0o600 });
    const [server] = servers;
    const before = await rolegate(home(), ['login', '--service', server?.url ?? '', '--fingerprint', fingerprint]);
    expect(before.code).toBe(1);
    server?.signal('SIGHUP');
    await expect.poll(() => server?.output(), { timeout: 20_000 }).toContain(fingerprint);
    const args = ['login', '--service', server?.url ?? '', '--fingerprint', fingerprint, '--user', 'root'];
    const login = () => rolegate(home(), [...args, '--password-stdin'], password);
    await expect.poll(async () => (await login()).code, { timeout: 30_000 }).toBe(0);
  });

  it('go on when one of them is killed', async () => {
    await servers[0]?.kill();
    expect(await rolegate(second, ['get', 'role/dev'])).toMatchObject({ code: 0 });
    expect(await rolegate(second, ['audit', 'verify'])).toMatchObject({ code: 0 });
  });
});
