import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoginGrant } from '../../src-shared/contracts/service-api.ts';
import { type ConnectorId, redirectPath, signOnPath } from '../../src-shared/contracts/sign-on-api.ts';
import { selfMadeCertificate } from '../http/certificate.ts';
import { startServiceServer } from '../http/server.ts';
import { createTestBrowser, type TestBrowser } from './test-browser.ts';
import { startTestService, type TestService } from './test-service.ts';

/** An app-service over TLS, a browser that trusts it, and a client that signs on at it. */
export interface SignOnService extends TestService {
  url: string;
  caPem: string;
  /** The token of an administrator. */
  admin: string;
  /** A new browser, without cookies. */
  browser(): TestBrowser;
  write(text: string): Promise<unknown>;
  /** Begins a sign-on as a client does. */
  begin(connector: ConnectorId): Promise<Begun>;
  /** Signs on, all the way. */
  signOn(connector: ConnectorId, browser?: TestBrowser): Promise<LoginGrant>;
  events(): { event: string; user: string; connector?: string; reason?: string }[];
}

export interface Begun {
  /** Where the browser begins. */
  page: string;
  state: string;
  verifier: string;
}

/** A port on which nobody listens: tests look at the address and do not go there. */
const clientPort = 65_000;

/** @param documents YAML, beside an administrator */
export async function startSignOnService(documents: string): Promise<SignOnService> {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-sign-on-'));
  const admin = 'kind: user\nversion: v2\nmetadata: {name: admin}\nspec: {roles: [editor, auditor]}\n';
  const test = await startTestService(`${admin}---\n${documents}`);
  const names = { dns: ['localhost'], ip: ['127.0.0.1'] };
  const { caFile, ...tls } = await selfMadeCertificate(folder, names, Date.now());
  const caPem = readFileSync(caFile, 'utf8');
  const server = await startServiceServer({ service: test.service, tls, port: 0 });
  const url = `https://127.0.0.1:${server.port}`;
  const { token } = await test.service.loginAs('admin');
  const { service } = test;

  const signOnService: SignOnService = {
    ...test,
    url,
    caPem,
    admin: token,
    browser: () => createTestBrowser(caPem),
    write: (text) => service.writeResources(token, { files: [{ file: 'x.yaml', text }], mode: 'upsert' }),
    async begin(connector) {
      const [state, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const { id } = await service.startSignOn({ ...connector, port: clientPort, state, challenge });
      return { page: `${url}${signOnPath}${id}`, state, verifier };
    },
    async signOn(connector, browser = createTestBrowser(caPem)) {
      const { page, state, verifier } = await signOnService.begin(connector);
      const home = await browser.visit(page, isHome);
      if (!isHome(home.url)) throw new Error(`The browser ended at ${home.url}: ${home.body}`);
      const parameters = new URL(home.url).searchParams;
      if (parameters.get('state') !== state) throw new Error('The state is another.');
      return service.finishSignOn({ code: parameters.get('code') ?? '', verifier });
    },
    events() {
      const lines = readFileSync(join(test.stateDir, 'audit.jsonl'), 'utf8').trim().split('\n');
      return lines.map((line) => JSON.parse(line) as { event: string; user: string });
    },
    async close() {
      await server.close();
      await test.close();
      rmSync(folder, { recursive: true });
    },
  };
  return signOnService;
}

/** Whether an address is the client's. */
export function isHome(url: string): boolean {
  return url.startsWith(`http://127.0.0.1:${clientPort}${redirectPath}?`);
}
