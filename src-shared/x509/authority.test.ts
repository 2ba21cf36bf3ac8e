import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Certified,
  certificatePem,
  createConstrainedIntermediate,
  createRoot,
  issueServerCertificate,
  newKeys,
  privateKeyPem,
  readCertificate,
  readKeys,
  type ServerNames,
} from './authority.ts';

const now = Date.now();

/** OpenSSL judges: it knows name constraints and was written by others. */
describe('certificates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-x509-'));
  let root: Certified;
  let intermediate: Certified;

  beforeAll(async () => {
    root = await createRoot('Test root', 365, now);
    intermediate = await createConstrainedIntermediate(
      root,
      'Test intermediate',
      ['amazonaws.com', 'api.aws'],
      365,
      now,
    );
    writeFileSync(join(folder, 'root.pem'), certificatePem(root.certificate));
    writeFileSync(join(folder, 'intermediate.pem'), certificatePem(intermediate.certificate));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function verify(issuer: Certified, names: ServerNames, ...args: string[]): Promise<string> {
    const leaf = await issueServerCertificate(issuer, names, await newKeys(), 45, now);
    writeFileSync(join(folder, 'leaf.pem'), certificatePem(leaf));
    const chain = ['-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'intermediate.pem', '-purpose', 'sslserver'];
    try {
      return execFileSync('openssl', ['verify', ...chain, ...args, 'leaf.pem'], {
        cwd: folder,
        stdio: 'pipe',
      }).toString();
    } catch (error) {
      return String((error as { stderr: Buffer }).stderr);
    }
  }

  it('are good for AWS hosts', async () => {
    const host = 'dynamodb.us-east-1.amazonaws.com';
    expect(await verify(intermediate, { dns: [host] }, '-verify_hostname', host)).toContain('OK');
    expect(await verify(intermediate, { dns: ['x.api.aws'] }, '-verify_hostname', 'x.api.aws')).toContain('OK');
  });

  it('are refused for any other name and any address', async () => {
    expect(await verify(intermediate, { dns: ['example.com'] })).toContain('permitted subtree violation');
    expect(await verify(intermediate, { dns: ['s3.amazonaws.com', 'amazonaws.com.evil.tld'] })).toContain('violation');
    expect(await verify(intermediate, { ip: ['127.0.0.1'] })).toContain('excluded subtree violation');
    expect(await verify(intermediate, { ip: ['::1'] })).toContain('excluded subtree violation');
    expect(await verify(intermediate, { dns: ['s3.amazonaws.com'], ip: ['10.0.0.1'] })).toContain('violation');
  });

  it('are good for the loopback address when the root itself made them', async () => {
    expect(await verify(root, { dns: ['localhost'], ip: ['127.0.0.1'] }, '-verify_ip', '127.0.0.1')).toContain('OK');
  });

  it('cannot make further authorities under the intermediate', async () => {
    const rogue = await createConstrainedIntermediate(intermediate, 'Rogue', ['amazonaws.com'], 10, now);
    const leaf = await issueServerCertificate(rogue, { dns: ['s3.amazonaws.com'] }, await newKeys(), 5, now);
    writeFileSync(
      join(folder, 'rogue.pem'),
      certificatePem(rogue.certificate) + certificatePem(intermediate.certificate),
    );
    writeFileSync(join(folder, 'rogue-leaf.pem'), certificatePem(leaf));
    const args = ['verify', '-CAfile', 'root.pem', '-untrusted', 'rogue.pem', 'rogue-leaf.pem'];
    expect(() => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })).toThrow(/path length/);
  });

  it('come back from PEM, key included', async () => {
    const pem = await privateKeyPem(intermediate.keys);
    const certificate = readCertificate(certificatePem(intermediate.certificate));
    const restored = { certificate, keys: await readKeys(pem, certificate) };
    const host = 's3.eu-west-1.amazonaws.com';
    expect(await verify(restored, { dns: [host] }, '-verify_hostname', host)).toContain('OK');
  });
});
