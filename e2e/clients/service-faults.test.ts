import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src-main/home/lock.ts';
import { dataDirOf, spawnServer, startTeamServer, writeConfig } from '../fixtures/team-server.ts';
import { cleanEnvironment, rolegateScript, run } from './command-line.ts';

/** What keeps a server from starting is said in a sentence, with what to do. */
describe('a server that cannot start', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-faults-'));
  const keys = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret' };
  const aws = { region: 'us-east-1' };
  const table = (endpoint: string) => ({ type: 'dynamodb', table: 'rolegate', endpoint });
  let taken: Server;
  let emptyDynamoDb: Server;
  let count = 0;

  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    emptyDynamoDb = createServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no"}');
    }).listen(0, '127.0.0.1');
    await Promise.all([once(taken, 'listening'), once(emptyDynamoDb, 'listening')]);
  });
  afterAll(() => {
    taken.close();
    emptyDynamoDb.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  const nextFolder = () => join(folder, String(count++));

  async function start(config: Record<string, unknown>, environment: NodeJS.ProcessEnv = keys, where = nextFolder()) {
    const { child, output } = spawnServer({ folder: where, config: { listen: 0, aws, ...config }, environment });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: output() };
  }
  const says = (...sentences: string[]) => ({
    code: 1,
    output: expect.stringMatching(
      new RegExp(`^(?![^]*\\n +at )[^]*${sentences.map((one) => one.replace(/[.()]/g, '\\$&')).join('[^]*')}`),
    ) as string,
  });

  it('because of its configuration', async () => {
    expect(await start({ lisen: 3 })).toMatchObject(says('lisen is not known here. Did you mean listen?'));
    expect(await start({ resources: ['nowhere'] })).toMatchObject(says('There is no such file or folder.'));
    const where = nextFolder();
    mkdirSync(where);
    writeFileSync(join(where, 'roles.yaml'), 'kind: role\nversion: v8\nmetadata: {name: x}\nspec: {alow: {}}\n');
    expect(await start({ resources: ['roles.yaml'] }, keys, where)).toMatchObject(
      says('roles.yaml:4:8: alow is not known here. Did you mean allow?'),
    );
    expect(await start({ tls: { cert_file: 'a.pem', key_file: 'b.pem' } })).toMatchObject(
      says('There is no such file.'),
    );
  });

  it('because a port is taken', async () => {
    expect(await start({ listen: portOf(taken) })).toMatchObject(
      says(`Port ${portOf(taken)} on 127.0.0.1 is in use by another program.`),
    );
  });

  it('because another one works in its folder', async () => {
    const where = nextFolder();
    const lock = await lockFolder(dataDirOf(where));
    expect(await start({}, keys, where)).toMatchObject(says('is in use by another app-service.', 'data_dir'));
    lock?.release();
  });

  it.skipIf(process.platform === 'win32')('because its folder cannot be made, or is somebody else’s', async () => {
    const shared = nextFolder();
    mkdirSync(shared);
    chmodSync(shared, 0o755);
    writeFileSync(join(shared, 'of-others'), '');
    expect(await start({ data_dir: shared })).toMatchObject(says('holds other things, and others can look into it.'));
    expect(statSync(shared).mode & 0o777).toBe(0o755);
    expect(await start({ data_dir: '/dev/null/state' })).toMatchObject(says('The folder /dev/null/state is needed'));
  });

  it('because its table is not there, does not answer, or there are no credentials for it', async () => {
    const there = `http://127.0.0.1:${portOf(emptyDynamoDb)}`;
    expect(await start({ store: table(there) })).toMatchObject(
      says('There is no table rolegate in us-east-1.', 'rolegate backend create-table'),
    );
    expect(await start({ store: table('http://127.0.0.1:1') })).toMatchObject(
      says('DynamoDB in us-east-1 cannot be reached.'),
    );
    expect(await start({ store: table(there) }, {})).toMatchObject(says('There are no AWS credentials here.'));
  });

  it('starts without AWS credentials of its own, and says that no role can be assumed', async () => {
    const server = await startTeamServer({ folder: nextFolder(), config: { listen: 0, aws } });
    expect(server.log()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'There are no AWS credentials here: no IAM role can be assumed.',
      }),
    );
    expect(await server.stop()).toBe(0);
  });

  describe('is found out before', () => {
    const check = async (config: Record<string, unknown>, ...args: string[]) => {
      const file = writeConfig({ folder: nextFolder(), config: { aws, ...config } });
      return run(process.execPath, [rolegateScript, 'service', 'check', '--config', file, ...args], {
        env: cleanEnvironment({ AWS_EC2_METADATA_DISABLED: 'true' }),
      });
    };

    it('by rolegate service check, which says what a server would do', async () => {
      expect(await check({})).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(
          /can be used\.\n {2}Cluster: +example\n {2}Listens at: +127\.0\.0\.1:3080 \(this/,
        ),
      });
      expect(await check({ clustr: 'x' })).toMatchObject({ code: 1, stderr: expect.stringContaining('clustr') });
    });

    it('and by trying what can only be tried', async () => {
      const tried = await check({ store: table('http://127.0.0.1:1') }, '--connect');
      expect(tried).toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED  The table rolegate answers') });
      expect(tried.stderr).toContain('There are no AWS credentials here');
    });

    it('and a configuration to begin with is printed', async () => {
      const printed = await run(process.execPath, [rolegateScript, 'service', 'config']);
      expect(printed).toMatchObject({ code: 0, stdout: expect.stringContaining('cluster: rolegate.example.com') });
      const nowhere = await run(process.execPath, [
        rolegateScript,
        'service',
        'start',
        '-c',
        join(folder, 'none.yaml'),
      ]);
      expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('listen: 0.0.0.0:3080') });
    });
  });
});
