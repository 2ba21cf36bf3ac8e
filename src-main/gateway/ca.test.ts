import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretStore, type SecretStore } from '../session/secret-store.ts';
import { openLocalCa } from './ca.ts';

let folder: string;
let secrets: SecretStore;
let time = Date.now();
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-ca-'));
  secrets = await openSecretStore({ wanted: 'memory', homeId: 'test', file: '' });
  time = Date.now();
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openLocalCa({ folder, secrets, secretName: 'ca', now: () => time });
const rootOf = (bundleFile: string) => new X509Certificate(readFileSync(bundleFile));

describe('the local authority', () => {
  it('is the same after a restart', async () => {
    const first = rootOf((await open()).bundleFile).fingerprint256;
    expect(rootOf((await open()).bundleFile).fingerprint256).toBe(first);
  });

  it('is made anew when its key is gone or its year is over', async () => {
    const first = rootOf((await open()).bundleFile).fingerprint256;
    await secrets.delete('ca');
    const second = rootOf((await open()).bundleFile).fingerprint256;
    expect(second).not.toBe(first);
    time += 366 * 86_400_000;
    expect(rootOf((await open()).bundleFile).fingerprint256).not.toBe(second);
  });

  it('is made anew when AWS has hosts that it may not certify', async () => {
    const first = rootOf((await open()).bundleFile).fingerprint256;
    const file = join(folder, 'ca.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { suffixes: string[] };
    writeFileSync(file, JSON.stringify({ ...kept, suffixes: kept.suffixes.slice(1) }));
    const second = rootOf((await open()).bundleFile).fingerprint256;
    expect(second).not.toBe(first);
    expect(rootOf((await open()).bundleFile).fingerprint256).toBe(second);
  });

  it('keeps no key on disk, and the root’s nowhere', async () => {
    const ca = await open();
    for (const file of ['ca.json', 'ca-bundle.pem']) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain('PRIVATE KEY');
      if (process.platform !== 'win32') expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
    const root = rootOf(ca.bundleFile);
    const kept = JSON.parse((await secrets.get('ca')) ?? '{}') as Record<string, string>;
    for (const pem of Object.values(kept)) {
      const { createPrivateKey } = await import('node:crypto');
      expect(root.checkPrivateKey(createPrivateKey(pem))).toBe(false);
    }
    expect(Object.keys(kept)).toHaveLength(2);
  });

  it('hands out a bundle with the system’s roots behind ours', async () => {
    const text = readFileSync((await open()).bundleFile, 'utf8');
    expect(text.match(/-----BEGIN CERTIFICATE-----/g)?.length).toBeGreaterThan(50);
    expect(rootOf((await open()).bundleFile).subject).toContain('Rolegate local root');
  });

  it('lasts a year', async () => {
    expect(Math.round(((await open()).expiresAt - time) / 86_400_000)).toBe(365);
  });

  it('makes one certificate for a host, however many ask', async () => {
    const ca = await open();
    const contexts = await Promise.all(Array.from({ length: 50 }, () => ca.contextFor('s3.amazonaws.com')));
    expect(new Set(contexts).size).toBe(1);
    expect(await ca.contextFor('dynamodb.us-east-1.amazonaws.com')).not.toBe(contexts[0]);
  });

  it('makes new ones before the old ones end, and keeps a bounded number', async () => {
    const ca = await open();
    const first = await ca.contextFor('s3.amazonaws.com');
    time += 44 * 86_400_000;
    const second = await ca.contextFor('s3.amazonaws.com');
    expect(second).not.toBe(first);
    await Promise.all(Array.from({ length: 256 }, (_, n) => ca.contextFor(`b${n}.s3.amazonaws.com`)));
    expect(await ca.contextFor('s3.amazonaws.com')).not.toBe(second);
  });

  it('certifies the endpoint for this machine', async () => {
    const ca = await open();
    const leaf = new X509Certificate(ca.endpoint.cert);
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.checkHost('localhost')).toBe('localhost');
    const args = ['verify', '-x509_strict', '-CAfile', ca.bundleFile, '-verify_ip', '127.0.0.1'];
    expect(execFileSync('openssl', args, { input: ca.endpoint.cert }).toString()).toContain('OK');
  });
});
