import { mkdtempSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { openDataFolders } from '../../src-sandbox/engine/data-folders.ts';
import { Engines } from '../../src-sandbox/engine/engines.ts';
import { startSandbox } from '../../src-sandbox/sandbox.ts';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { answerUsage } from './usage.ts';

/**
 * What all variants talk to in the end: a DynamoDB engine, the same behind TLS, as AWS is, and an STS for the app-service's
 * role. The engine's tables can be others than the sandbox's.
 */
const [preparedDir = '', tablesDir = preparedDir] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir });
const engines = new Engines('dynoxide', await openDataFolders(join(folder, 'direct'), tablesDir, 'dynoxide'));
const engine = await engines.of('us-east-1');
const { caFile, ...tls } = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now());
answerUsage({
  engine: engine.origin,
  securedEngine: await startSecured(tls, Number(new URL(engine.origin).port)),
  caFile,
  sts: sandbox.endpoints.sts,
  ...sandbox.serviceCredentials,
});

/** Puts TLS before a port of this machine. */
async function startSecured(tls: TlsOptions, port: number): Promise<string> {
  const server = createServer(tls, (secured) => {
    const plain = connect({ port, host: '127.0.0.1', noDelay: true });
    secured.setNoDelay(true);
    secured.on('error', () => plain.destroy()).pipe(plain);
    plain.on('error', () => secured.destroy()).pipe(secured);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
