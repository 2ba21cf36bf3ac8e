import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, createServer, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron } from '../../scripts/electron-binary.mjs';
import { type LocalCa, openLocalCa } from '../../src-main/gateway/ca.ts';
import { openSecretStore } from '../../src-main/session/secret-store.ts';
import {
  certificatePem,
  issueServerCertificate,
  newKeys,
  privateKeyPem,
  readCertificate,
  readKeys,
  type ServerNames,
} from '../../src-shared/x509/authority.ts';
import { cleanEnvironment, run } from './command-line.ts';
import { go, java } from './requirements.ts';

const program = (name: string) => fileURLToPath(new URL(`./verifiers/${name}`, import.meta.url));
const electron = findElectron();

const awsHosts = ['dynamodb.us-east-1.amazonaws.com', 'my.bucket.s3.cn-north-1.amazonaws.com.cn', 'x.api.aws'];
/** What somebody could try to certify who has stolen the key that is kept. */
const others = ['example.com', 'amazonaws.com.evil.tld', 'localhost', '10.0.0.1', '127.0.0.1'];

/**
 * What tools make of the certificates of the local authority: trusted for AWS's hosts, and for this machine in endpoint
 * mode; for nothing else, even with the key of the authority that signs them.
 */
describe('certificates of the local authority', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-verifiers-'));
  let ca: LocalCa;
  /** Shows the certificate of the host that is asked for, or one that should never have been made. */
  let server: Server;
  /** The gateway's endpoint. */
  let endpoint: Server;

  beforeAll(async () => {
    const secrets = await openSecretStore({ wanted: 'memory', homeId: 'test', file: '' });
    ca = await openLocalCa({ folder, secrets, secretName: 'ca', now: Date.now });
    const kept = JSON.parse(readFileSync(join(folder, 'ca.json'), 'utf8')) as { intermediate: string };
    const { intermediate: key } = JSON.parse((await secrets.get('ca')) ?? '') as { intermediate: string };
    const certificate = readCertificate(kept.intermediate);
    const stolen = { certificate, keys: await readKeys(key, certificate) };

    async function rogue(names: ServerNames): Promise<{ cert: string; key: string }> {
      const keys = await newKeys();
      const leaf = await issueServerCertificate(stolen, names, keys, 10, Date.now());
      return { cert: certificatePem(leaf) + kept.intermediate, key: await privateKeyPem(keys) };
    }
    server = await listen(
      createServer({
        // A client that asks for an address sends no name.
        ...(await rogue({ ip: ['10.0.0.1', '127.0.0.1'] })),
        SNICallback: (name, done) => {
          const made = awsHosts.includes(name) ? ca.contextFor(name) : rogue({ dns: [name] }).then(createSecureContext);
          made.then((context) => done(null, context), done);
        },
      }),
    );
    endpoint = await listen(createServer(ca.endpoint));
  });
  afterAll(() => {
    server.close();
    endpoint.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a verifier; says for each name what came of it. */
  async function verdicts(
    command: readonly string[],
    at: Server,
    names: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ) {
    const { port } = at.address() as AddressInfo;
    const [file = '', ...args] = command;
    const env = cleanEnvironment({ HOME: folder, ...more });
    const { stdout, stderr } = await run(file, [...args, ca.bundleFile, String(port), ...names], { env });
    const lines = stdout.split('\n').flatMap((line) => /^(\S+) (trusted|refused)/.exec(line)?.slice(1).join(' ') ?? []);
    expect(lines, stderr).toHaveLength(names.length);
    return lines;
  }

  const goCache = { GOCACHE: join(folder, 'go'), GOFLAGS: '-mod=mod' };
  describe.each<[name: string, command: string[] | undefined, environment?: NodeJS.ProcessEnv]>([
    ['Node', [process.execPath, program('verify.cjs')]],
    ['Electron', electron === undefined ? undefined : [electron, program('verify.cjs')], { ELECTRON_RUN_AS_NODE: '1' }],
    ['Go', go === undefined ? undefined : [go, 'run', program('verify.go')], goCache],
    ['Java', java === undefined ? undefined : [java, program('Verify.java')]],
  ])('for %s', (_, command, environment) => {
    it.skipIf(!command)(
      'are good for AWS’s hosts and nothing else',
      async () => {
        expect(await verdicts(command ?? [], server, [...awsHosts, ...others], environment)).toEqual([
          ...awsHosts.map((name) => `${name} trusted`),
          ...others.map((name) => `${name} refused`),
        ]);
        const here = ['127.0.0.1', 'localhost'];
        expect(await verdicts(command ?? [], endpoint, [...here, '10.0.0.1', 'example.com'], environment)).toEqual([
          ...here.map((name) => `${name} trusted`),
          '10.0.0.1 refused',
          'example.com refused',
        ]);
      },
      180_000,
    );
  });
});

function listen(server: Server): Promise<Server> {
  // Those who do not trust what they see hang up.
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
