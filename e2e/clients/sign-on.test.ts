import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { type Company, startCompany } from '../fixtures/company.ts';
import { chromiumPath, quietFlags, sandboxFlags } from '../fixtures/requirements.ts';
import { removeHome, temporaryHome } from '../integration/test-engine.ts';
import { rolegate, rolegateEnvironment, rolegateScript } from './command-line.ts';

describe('signing on by commands', { timeout: 120_000 }, () => {
  const home: Home = temporaryHome();
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(async () => {
    await company.close();
    removeHome(home);
  });
  const service = (url = company.url) => ['--service', url, '--ca', company.caFile];

  /** Runs `rolegate login` on a machine without a screen, and goes where it says with a browser. */
  async function signOn(
    args: string[],
    { where = service(), visit = (url: string): Promise<unknown> => company.browser.visit(url) } = {},
  ) {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = rolegateEnvironment(home);
    const child = spawn(process.execPath, [rolegateScript, 'login', ...where, ...args], { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const address = new Promise<string>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        const url = /https:\/\/\S+\/v1\/sso\/go\/[\w-]{43}/.exec(stderr)?.[0];
        if (url !== undefined) resolve(url);
      });
    });
    const ended = once(child, 'close') as Promise<[number | null]>;
    const url = await Promise.race([address, ended.then(() => undefined)]);
    if (url !== undefined) await visit(url);
    const [code] = await ended;
    return { code, stdout, stderr };
  }

  it('prints the address, and logs in when the browser has been there', async () => {
    const { code, stdout, stderr } = await signOn(['--auth', 'okta']);
    expect(stderr).toContain('Sign in with Okta in your browser.');
    expect(stdout).toMatch(/^Logged in to sandbox as carol@example\.com, for 1[12] h/);
    expect(code).toBe(0);
    expect((await rolegate(home, ['apps', 'ls'])).stdout).toContain('ExampleTeleportDynamoDBRole');
  });

  it('says why it did not work, and logs in when it does', async () => {
    expect((await signOn(['--auth', 'saml/adfs'])).stdout).toContain('as dana@example.com');
    company.saml.person = { name: 'dana@example.com', attributes: {} };
    const { code, stderr } = await signOn(['--auth', 'saml/adfs']);
    expect(code).toBe(1);
    expect(stderr).toContain('dana@example.com has no role here.');
  });

  it('names the connectors that there are', async () => {
    const login = (...args: string[]) => rolegate(home, ['login', ...service(), ...args]);
    const names = 'oidc/okta, saml/adfs, github/github';
    expect((await login('--auth', 'otka')).stderr).toContain(
      `This cluster has no connector otka.\nThere are: ${names}`,
    );
    expect(await login()).toMatchObject({ code: 2, stderr: expect.stringContaining(`(there are: ${names})`) });
    expect(await login('--auth', 'okta', '--user', 'alice')).toMatchObject({ code: 2 });
    expect((await rolegate(home, ['connectors', 'ls'])).stdout).toMatch(/^oidc\/okta +Okta/m);
  });

  it('takes the cluster’s preferred connector where none is named', async () => {
    await company.write(
      'kind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: {type: github, connector_name: github}\n',
    );
    expect((await signOn([])).stdout).toContain('as mona');
  });

  it('tries a connector, and shows what its provider has to be told', async () => {
    const login = ['login', ...service(), '--user', 'alice', '--password-stdin'];
    expect((await rolegate(home, login, 'white-rabbit\n')).code).toBe(0);
    const tested = await rolegate(home, ['connectors', 'test', 'adfs']);
    expect(tested).toMatchObject({ code: 0, stderr: '' });
    expect(tested.stdout).toContain(`Assertion consumer service (ACS): ${company.url}/v1/sso/acs`);
    await company.oidc.close();
    const failed = await rolegate(home, ['connectors', 'test', 'oidc/okta']);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED  The provider describes itself') });
    expect(failed.stderr).toContain('Logins with oidc/okta will not work.');
  });

  it.skipIf(!chromiumPath)('logs in with a passkey of the browser, under a host name', async () => {
    const url = company.url.replace('127.0.0.1', 'localhost');
    const args = [...sandboxFlags, ...quietFlags, '--ignore-certificate-errors'];
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args });
    try {
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      await withAuthenticator(page);
      await enrol(page, url);
      const { code, stdout, stderr } = await signOn(['--auth', 'passkey'], {
        where: service(url),
        async visit(address) {
          await page.goto(address);
          await page.getByRole('button', { name: 'Use a passkey' }).click();
        },
      });
      expect(stderr).toContain('Sign in with a passkey in your browser.');
      expect(stdout).toMatch(/^Logged in to sandbox as alice, for 1[12] h/);
      expect(code).toBe(0);
      const byAddress = await rolegate(home, ['login', ...service(), '--auth', 'passkey']);
      expect(byAddress).toMatchObject({ code: 1, stderr: expect.stringContaining('no passkeys for an IP address') });
    } finally {
      await browser.close();
    }
  });

  /** Gives a page a made-up authenticator that verifies its user without asking. */
  async function withAuthenticator(page: Page): Promise<void> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    } as const;
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
  }

  /** Adds a passkey for alice, as the window does: the browser comes back to a port of this machine with a code. */
  async function enrol(page: Page, url: string): Promise<void> {
    const [state, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    let took: (code: string) => void = () => {};
    const code = new Promise<string>((resolve) => {
      took = resolve;
    });
    const listener = createServer(({ url: path = '' }, response) => {
      took(new URL(path, 'http://127.0.0.1').searchParams.get('code') ?? '');
      response.end('Done.');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = listener.address() as AddressInfo;
      const { token } = await company.service.loginAs('alice');
      const asked = { name: 'Laptop', password: 'white-rabbit', port, state, challenge };
      const { id } = await company.service.startPasskey(token, asked);
      await page.goto(`${url}/v1/sso/go/${id}`);
      await page.getByRole('button', { name: 'Make a passkey' }).click();
      await company.service.finishPasskey(token, { code: await code, verifier });
    } finally {
      listener.close();
    }
  }
});
