import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { cleanEnvironment } from '../clients/command-line.ts';
import { electronPath, sandboxFlags } from '../fixtures/requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packaged app, driven over the debugging port: the fuse that Playwright's own launcher needs is off. */
test.describe('the packaged app', () => {
  test.skip(process.platform !== 'linux' || !electronPath, 'It is packaged on Linux, with the Electron that is here.');
  test.setTimeout(240_000);
  let output: string;
  let program: ChildProcess | undefined;

  test.beforeAll(() => {
    output = mkdtempSync(join(tmpdir(), 'rolegate-release-'));
    const args = ['--linux', 'dir', '--publish', 'never', `-c.directories.output=${output}`];
    execFileSync(join(root, 'node_modules', '.bin', 'electron-builder'), args, { cwd: root, stdio: 'ignore' });
  });
  test.afterAll(async () => {
    if (program && program.exitCode === null) {
      program.kill();
      await once(program, 'exit');
    }
    if (output) rmSync(output, { recursive: true });
  });

  test('starts, and its sandbox works', async () => {
    const started = spawn(join(output, 'linux-unpacked', 'rolegate'), ['--remote-debugging-port=0', ...sandboxFlags], {
      env: cleanEnvironment({ ROLEGATE_HOME: join(output, 'home'), ROLEGATE_SESSION_STORE: 'memory' }),
    });
    program = started;
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      started.stderr.on('data', (chunk) => {
        text += chunk;
        const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (found !== undefined) resolve(found.replace('ws:', 'http:'));
      });
      started.once('exit', () => reject(new Error(text)));
    });
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    await page?.getByRole('button', { name: 'Log in as alice' }).click();
    await page?.getByRole('gridcell', { name: 'ExampleTeleportDynamoDBRole', exact: true }).click();
    await expect(page!.getByRole('option', { name: 'Music', exact: true })).toBeVisible();
    await browser.close();
  });

  test('has every fuse where it should be', async () => {
    const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
    const wire = await getCurrentFuseWire(join(output, 'linux-unpacked', 'rolegate'));
    const isOn = (fuse: number) => (wire as unknown as Record<number, number>)[fuse] === '1'.charCodeAt(0);
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      nodeInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeInspect: false,
      onlyAsar: true,
      asarIntegrity: true,
      fileProtocol: false,
    });
  });
});
