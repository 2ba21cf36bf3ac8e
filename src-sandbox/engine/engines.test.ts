import { spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assume, dynamoDbClient, engines, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';
import { askEngine } from './ask.ts';
import { openDataFolders } from './data-folders.ts';
import { startDynalite } from './dynalite.ts';
import { startDynoxide } from './dynoxide.ts';
import { Engines } from './engines.ts';

const item = { id: { S: 'written-by-a-test' } };

describe.each(engines)('the data of %s', (engine) => {
  let sandbox: TestSandbox;
  beforeEach(async () => {
    sandbox = await startTestSandbox({ engine });
  });
  afterEach(() => sandbox.remove());

  const write = async () => {
    const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'), 'ca-central-1');
    await client.send(new PutItemCommand({ TableName: 'my-dynamodb-table', Item: item }));
  };
  const read = async () => {
    const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'), 'ca-central-1');
    return (await client.send(new GetItemCommand({ TableName: 'my-dynamodb-table', Key: item }))).Item;
  };

  it('is still there after another start', async () => {
    await write();
    sandbox = await sandbox.restart();
    expect(await read()).toEqual(item);
  });

  it('goes back to what was prepared, while the sandbox runs, and stays so', async () => {
    await write();
    await sandbox.reset();
    expect(await read()).toBeUndefined();
    const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'), 'ca-central-1');
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['my-dynamodb-table']);
    sandbox = await sandbox.restart();
    expect(await read()).toBeUndefined();
  });

  it('survives requests that come while it is reset', async () => {
    const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'));
    await client.send(new ListTablesCommand());
    const reset = sandbox.reset();
    const answers = await Promise.all([client.send(new ListTablesCommand()), client.send(new ListTablesCommand())]);
    await reset;
    expect(answers.map((answer) => answer.TableNames)).toEqual([['Music'], ['Music']]);
  });

  it('is private', async () => {
    await write();
    const folder = join(sandbox.stateDir, 'data', engine, 'ca-central-1');
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'statistics.json'))).mode & 0o077).toBe(0);
  });

  it('survives a crash of the engine, which is started again', async () => {
    await write();
    const folders = await openDataFolders(sandbox.stateDir, sandbox.preparedDir, engine);
    await sandbox.close();
    const all = new Engines(engine, folders);
    try {
      const first = await all.of('ca-central-1');
      await crash(engine, first.origin, await folders.folderOf('ca-central-1'));
      await first.gone;
      const second = await all.of('ca-central-1');
      expect(second.origin).not.toBe(first.origin);
      expect(await askEngine(second.http, 'GetItem', { TableName: 'my-dynamodb-table', Key: item })).toEqual({
        Item: item,
      });
    } finally {
      await all.close();
    }
  });

  it('is not made up when there is none prepared', async () => {
    const nowhere = join(sandbox.stateDir, 'nowhere');
    await expect(openDataFolders(join(nowhere, 'state'), nowhere, engine)).rejects.toThrow(
      /prepared tables for \w+ are missing/,
    );
  });
});

describe.each(engines)('an engine of %s that cannot start', (engine) => {
  it('is a clear 503, and works again once the reason is gone', async () => {
    const sandbox = await startTestSandbox({ engine });
    try {
      const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'));
      const obstacle = join(sandbox.stateDir, 'data', engine, 'us-east-1');
      await writeFile(obstacle, 'no folder');
      await expect(client.send(new ListTablesCommand())).rejects.toMatchObject({
        name: 'ServiceUnavailable',
        $metadata: { httpStatusCode: 503 },
        message: expect.stringMatching(/^The sandbox's data of us-east-1 cannot be used: ./),
      });
      await rm(obstacle);
      expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Music']);
      expect(sandbox.faults).toEqual([]);
    } finally {
      await sandbox.remove();
    }
  });
});

/** Stops a process, and waits until it has: on a busy machine it may run on for a moment. */
async function stopped(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await expect.poll(() => readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^State:\s+T/m);
}

describe('a crash of the engine', () => {
  it.skipIf(!engines.includes('dynoxide'))('while it works is a clear 503, and the next request succeeds', async () => {
    const sandbox = await startTestSandbox();
    try {
      const client = dynamoDbClient(sandbox, await assume(sandbox, 'role_for_bob'));
      await client.send(new ListTablesCommand());
      const pids = await enginePids(sandbox.stateDir);
      expect(pids).toHaveLength(1);
      // Stopped, it does not answer; it is killed once the request is on its way to it.
      for (const pid of pids) await stopped(pid);
      const sent = new Promise<void>((resolve) => subscribe('undici:client:sendHeaders', () => resolve()));
      const answer = client.send(new ListTablesCommand());
      await sent;
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      await expect(answer).rejects.toMatchObject({
        name: 'ServiceUnavailable',
        $metadata: { httpStatusCode: 503 },
        message: expect.stringMatching(/engine stopped while it worked/),
      });
      expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Music']);
    } finally {
      await sandbox.remove();
    }
  });
});

describe('dynalite', () => {
  it('says why it does not start: its data is in use already', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rolegate-engine-'));
    const first = await startDynalite({ folder, region: 'us-east-1' });
    try {
      await expect(startDynalite({ folder, region: 'us-east-1' })).rejects.toThrow(
        /cannot open its data .* Another sandbox may be using the same folder/,
      );
    } finally {
      await first.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!engines.includes('dynoxide'))('a dynoxide process', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolegate-engine-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('ends when its parent is killed outright', async () => {
    const script = fileURLToPath(new URL('../testing/parent.ts', import.meta.url));
    const parent = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [origin] = (await once(parent.stdout, 'data')) as [Buffer];
    const connection = await connectTo(String(origin));
    expect(await enginePids(folder)).toHaveLength(1);
    parent.kill('SIGKILL');
    await once(connection, 'close');
    // The engine closes its connections before it is gone; nothing but the test's own time limit ends this loop.
    while ((await enginePids(folder)).length > 0);
    await expect(connectTo(String(origin))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is stopped cleanly: nothing is left of its journal', async () => {
    const engine = await startDynoxide({ folder, region: 'us-east-1' });
    await askEngine(engine.http, 'ListTables', {});
    await engine.close();
    await engine.gone;
    expect(await enginePids(folder)).toEqual([]);
    expect(await readdir(folder)).toEqual(['tables.db']);
  });

  it('says why it does not start', async () => {
    await rm(folder, { recursive: true });
    await expect(startDynoxide({ folder, region: 'us-east-1' })).rejects.toThrow(/engine did not start: .+/);
  });
});

async function connectTo(origin: string) {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** Makes an engine fail as it might by itself. */
async function crash(engine: string, origin: string, folder: string): Promise<void> {
  if (engine === 'dynoxide') {
    for (const pid of await enginePids(folder)) process.kill(pid, 'SIGKILL');
    return;
  }
  // dynalite throws, where nobody catches it, when a client goes away in the middle of a request.
  const socket = await connectTo(origin);
  socket.on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{', () => socket.resetAndDestroy());
}

/** The processes of dynoxide that work on a folder (on Linux, the only system that these tests have it for). */
async function enginePids(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
  );
  return commands
    .filter(({ command }) => /^[^\0]*dynoxide\0/.test(command) && command.includes(folder))
    .map(({ pid }) => Number(pid));
}
