import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { type Sandbox, startSandbox } from '../../src-sandbox/sandbox.ts';
import { freePort } from '../fixtures/free-port.ts';
import { dataDirOf, startTeamServer, type TeamServer } from '../fixtures/team-server.ts';
import { preparedDir } from '../integration/prepared-data.ts';
import { exampleRole, removeHome, startTestEngine, temporaryHome } from '../integration/test-engine.ts';
import { rolegate } from './command-line.ts';
import { awsCli } from './requirements.ts';

/** A team's server, from its first start on: the built command, on real files, before an emulated AWS. */
describe('rolegate service start', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-team-'));
  const serverFolder = join(folder, 'server');
  const root: Home = temporaryHome();
  const carol: Home = temporaryHome();
  const password = 'correct horse battery';
  let sandbox: Sandbox;
  let server: TeamServer;
  let config: Record<string, unknown>;
  let environment: NodeJS.ProcessEnv;
  let invitation = '';

  const start = async () => {
    server = await startTeamServer({ folder: serverFolder, config, environment });
  };
  beforeAll(async () => {
    sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir });
    const { accessKeyId, secretAccessKey } = sandbox.serviceCredentials;
    environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const { sts, dynamodb, signin } = sandbox.endpoints;
    config = {
      listen: `127.0.0.1:${await freePort()}`,
      aws: { region: 'us-east-1', endpoints: { sts, dynamodb, signin, '*': dynamodb } },
      apps: [{ name: 'aws', uri: 'https://console.aws.amazon.com/console/home' }],
      audit: { outputs: ['file'] },
    };
    await start();
  });
  afterAll(async () => {
    await server.stop();
    await sandbox.close();
    removeHome(root);
    removeHome(carol);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The arguments of a command that was handed over, as a shell would take them. */
  const words = (command: string) => command.trim().split(' ').slice(1);
  const tablesOfCarol = async () => {
    const { calls, stop } = await startTestEngine(carol);
    try {
      const { id: appSessionId } = await calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
      return (await calls.call('tables.list', { appSessionId, region: 'us-east-1' })).names;
    } finally {
      await stop();
    }
  };

  it('invites its first administrator, whom its log does not name', async () => {
    const command = server.firstAdministrator() ?? '';
    expect(command).toMatch(
      new RegExp(`^rolegate login --service ${server.url} --fingerprint [0-9A-F:]{95} --invitation `),
    );
    expect(statSync(join(dataDirOf(serverFolder), 'first-administrator')).mode & 0o777).toBe(0o600);
    invitation = words(command).at(-1) ?? '';
    expect(invitation).toMatch(/^[\w-]{43}$/);
    expect(server.output()).not.toContain(invitation);

    const login = await rolegate(root, [...words(command), '--user', 'root', '--password-stdin'], `${password}\n`);
    expect(login).toMatchObject({ code: 0, stdout: expect.stringContaining('Logged in to example as root') });
    await expect.poll(() => server.firstAdministrator()).toBeUndefined();
    const again = await rolegate(carol, [...words(command), '--user', 'eve', '--password-stdin'], `${password}\n`);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('This invitation is not valid') });
  });

  it('is administered by commands, and gives a user the tables of an account', async () => {
    const role = join(folder, 'role.yaml');
    writeFileSync(
      role,
      `kind: role\nversion: v5\nmetadata: {name: dynamodb}\nspec:\n  allow:\n    app_labels: {'*': '*'}\n    aws_role_arns: ['${exampleRole}']\n`,
    );
    expect(await rolegate(root, ['create', role])).toMatchObject({ code: 0, stdout: 'role dynamodb was created.\n' });
    const added = await rolegate(root, ['users', 'add', 'carol', '--roles', 'dynamodb']);
    const command = added.stdout.trim().split('\n').at(-1) ?? '';
    const pin = /"fingerprint":"([0-9A-F:]{95})"/.exec(server.output())?.[1] ?? '';
    const login = [...words(command), '--fingerprint', pin, '--password-stdin'];
    expect(await rolegate(carol, login, `${password}\n`)).toMatchObject({ code: 0 });
    expect(await tablesOfCarol()).toContain('Music');
    expect(await rolegate(carol, ['users', 'ls'])).toMatchObject({ code: 1 });
  });

  it.skipIf(!awsCli)('serves the aws CLI through the gateway', async () => {
    expect(await rolegate(carol, ['apps', 'login', '--aws-role', 'ExampleTeleportDynamoDBRole', 'aws'])).toMatchObject({
      code: 0,
    });
    const listed = await rolegate(carol, ['aws', 'dynamodb', 'list-tables', '--region', 'us-east-1']);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('"Music"') });
  });

  it('goes on after a restart, and after it was killed, with the same logins', async () => {
    expect(await server.stop()).toBe(0);
    expect(server.log().at(-1)?.msg).toBe('Ended.');
    await start();
    expect(server.firstAdministrator()).toBeUndefined();
    expect(await tablesOfCarol()).toContain('Music');
    await server.kill();
    await start();
    expect(await tablesOfCarol()).toContain('Music');
    expect(await rolegate(root, ['users', 'ls'])).toMatchObject({ code: 0 });
  });

  it('has it all in an audit log that proves itself', async () => {
    expect(await rolegate(root, ['audit', 'verify'])).toMatchObject({ code: 0 });
    const { stdout } = await rolegate(root, ['audit', 'export']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    for (const event of ['first_administrator.invited', 'invitation.refused', 'resource.created', 'aws.request']) {
      expect(events).toContain(event);
    }
    const { secretAccessKey } = sandbox.serviceCredentials;
    for (const secret of [invitation, password, secretAccessKey]) {
      expect(stdout).not.toContain(secret);
      expect(readFileSync(join(dataDirOf(serverFolder), 'audit.jsonl'), 'utf8')).not.toContain(secret);
      expect(server.output()).not.toContain(secret);
    }
  });

  it('reads its files again, and ends what they do not allow any more', async () => {
    const messages = () =>
      server
        .log()
        .map(({ msg }) => msg)
        .join('\n');
    const documents = join(serverFolder, 'deny.yaml');
    config = { ...config, resources: ['*-none.yaml'] };
    await server.stop();
    await start();
    const { calls, stop } = await startTestEngine(carol);
    const { id: appSessionId } = await calls.call('appSessions.start', { app: 'aws', roleArn: exampleRole });
    const list = () => calls.call('tables.list', { appSessionId, region: 'us-east-1' });
    expect((await list()).names).toContain('Music');

    const lock = `kind: lock\nversion: v2\nmetadata: {name: stop}\nspec: {target: {aws_role_arn: '${exampleRole}'}}\n`;
    writeFileSync(join(serverFolder, 'lock-none.yaml'), lock);
    writeFileSync(documents, 'not read');
    server.signal('SIGHUP');
    const outcome = () =>
      list().then(
        () => 'goes on',
        () => 'ended',
      );
    await expect.poll(outcome, { timeout: 20_000 }).toBe('ended');
    await stop();
    await expect.poll(messages, { timeout: 20_000 }).toContain('The configuration was read again.');

    writeFileSync(join(serverFolder, 'lock-none.yaml'), lock.replace('lock\n', 'lok\n'));
    server.signal('SIGHUP');
    await expect.poll(messages, { timeout: 20_000 }).toMatch(/Everything stays as it was: .*Did you mean lock\?/);
  });
});
