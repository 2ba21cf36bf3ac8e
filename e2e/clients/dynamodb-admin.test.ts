import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../fixtures/free-port.ts';
import { openToolAccount, type ToolAccount } from './tool-account.ts';

const program = join(dirname(createRequire(import.meta.url).resolve('dynamodb-admin')), 'dynamodb-admin.js');

/** The tool that the guide shows, set up by the environment that the guide shows, driven as a browser would. */
describe('dynamodb-admin in endpoint mode', () => {
  let account: ToolAccount;
  let admin: ChildProcess;
  let address: string;

  beforeAll(async () => {
    account = await openToolAccount();
    const { url, env } = await account.serve('endpoint');
    address = await startAdmin({ ...env, DYNAMO_ENDPOINT: url, NO_COLOR: '1' });
  });
  afterAll(async () => {
    admin?.kill();
    await account?.stop();
  });

  async function startAdmin(env: NodeJS.ProcessEnv): Promise<string> {
    const port = await freePort();
    admin = spawn(process.execPath, [program, '--host', '127.0.0.1', '--port', String(port)], { env });
    await new Promise<void>((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes('listening on')) resolve();
      };
      admin.stdout?.on('data', read);
      admin.stderr?.on('data', read);
      admin.once('close', (code, signal) => reject(new Error(`It ended with ${code ?? signal}: ${output}`)));
    });
    return `http://127.0.0.1:${port}`;
  }
  const page = async (path: string, init?: RequestInit) => {
    const reply = await fetch(address + path, init);
    return { status: reply.status, text: await reply.text() };
  };

  it('lists the tables', async () => {
    const { status, text } = await page('/');
    expect(status).toBe(200);
    for (const table of ['Music', 'Orders', 'EveryType']) expect(text).toContain(table);
  });

  it('shows a table and its items', async () => {
    expect((await page('/tables/Music')).status).toBe(200);
    const { status, text } = await page('/tables/Music/items?prefilterKey=');
    expect(status).toBe(200);
    expect(text).toContain('Artist');
  });

  it('adds an item that is there afterwards', async () => {
    const item = { Artist: 'dynamodb-admin', SongTitle: 'added' };
    const added = await page('/tables/Music/add-item', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(item),
    });
    expect(added.status).toBe(200);
    const key = encodeURIComponent(`${item.Artist},${item.SongTitle}`);
    expect((await page(`/tables/Music/items/${key}`)).text).toContain('dynamodb-admin');
  });
});
