import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { type FakeOidc, startFakeOidc } from '../../src-service/testing/fake-oidc.ts';
import { createTestBrowser } from '../../src-service/testing/test-browser.ts';
import { callbackPath } from '../../src-shared/contracts/sign-on-api.ts';
import { freePort } from '../fixtures/free-port.ts';
import { dataDirOf, startTeamServer, type TeamServer } from '../fixtures/team-server.ts';
import { removeHome, temporaryHome } from '../integration/test-engine.ts';
import { rolegate, rolegateEnvironment, rolegateScript } from './command-line.ts';

/** A team whose people all come from its provider, by files alone: nobody has a password here, and nobody is invited. */

const folder = mkdtempSync(join(tmpdir(), 'rolegate-team-sso-'));
const home: Home = temporaryHome();
let oidc: FakeOidc;
let server: TeamServer;

beforeAll(async () => {
  const port = await freePort();
  const url = `https://127.0.0.1:${port}`;
  oidc = await startFakeOidc([`${url}${callbackPath}`]);
  oidc.person = { sub: 'c-1', email: 'carol@example.com', email_verified: true, groups: ['admins'] };
  mkdirSync(join(folder, 'resources'));
  writeFileSync(
    join(folder, 'resources', 'okta.yaml'),
    `kind: oidc
version: v3
metadata: {name: okta}
spec:
  display: Okta
  issuer_url: ${oidc.issuer}
  client_id: ${oidc.client.id}
  client_secret: ${oidc.client.secret}
  scope: [groups]
  claims_to_roles: [{claim: groups, value: admins, roles: [editor]}]
---
kind: cluster_auth_preference
version: v2
metadata: {name: cluster-auth-preference}
spec: {type: oidc, connector_name: okta, local_auth: false}
`,
  );
  server = await startTeamServer({
    folder,
    config: { listen: port, public_addr: url, aws: { region: 'us-east-1' }, resources: ['resources'] },
  });
});
afterAll(async () => {
  await server.stop();
  await oidc.close();
  removeHome(home);
  rmSync(folder, { recursive: true, force: true });
});

it('signs on by a connector of the operator’s files, which nobody can change', { timeout: 120_000 }, async () => {
  expect(server.firstAdministrator()).toBeUndefined();
  expect(server.output()).toMatch(/okta\.yaml holds secrets of a connector, and everybody on this host may read it/);
  const caFile = join(dataDirOf(folder), 'service-ca.pem');
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = rolegateEnvironment(home);
  const child = spawn(process.execPath, [rolegateScript, 'login', '--service', server.url, '--ca', caFile], { env });
  let said = '';
  const address = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /https:\/\/\S+\/v1\/sso\/go\/[\w-]{43}/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const url = await Promise.race([address, ended.then(() => undefined)]);
  expect(url, said).toBeDefined();
  await createTestBrowser(readFileSync(caFile, 'utf8')).visit(url ?? '');
  expect(await ended, said).toEqual([0, null]);
  expect(said).toContain('Logged in to example as carol@example.com');

  const shown = await rolegate(home, ['get', 'oidc/okta']);
  expect(shown.stdout).toContain('********');
  expect(shown.stdout).not.toContain(oidc.client.secret);
  expect(await rolegate(home, ['rm', 'oidc/okta'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('okta.yaml'),
  });
  expect(server.output()).not.toContain(oidc.client.secret);
});
