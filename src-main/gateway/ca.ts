import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { z } from 'zod';
import { awsDnsSuffixes } from '../../src-shared/aws/partitions.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import {
  type Certified,
  certificatePem,
  createConstrainedIntermediate,
  createRoot,
  issueServerCertificate,
  type KeyPair,
  newKeys,
  privateKeyPem,
  readCertificate,
  readKeys,
} from '../../src-shared/x509/authority.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { systemRoots } from './system-roots.ts';

/**
 * The local certificate authority: lets tools see the gateway as the AWS host that they asked for, and lets nobody
 * do anything else. Its root signs twice and loses its key; what is kept is an intermediate that is constrained to
 * AWS's host names, with every IP address excluded. It is never put into a system store.
 */
export interface LocalCa {
  /** A file for tools to trust: our root and the system's. */
  bundleFile: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Certificate chain and key for 127.0.0.1 and localhost, PEM. */
  endpoint: { cert: string; key: string };
  /**
   * A TLS context for an AWS host. However many ask at the same time, one certificate is made; the most recently
   * used are kept.
   */
  contextFor(host: string): Promise<SecureContext>;
}

const authorityDays = 365;
const leafDays = 45;
const dayMs = 86_400_000;
const maxContexts = 256;

const stored = z.object({
  root: z.string(),
  intermediate: z.string(),
  endpoint: z.string(),
  /** What the intermediate is constrained to. */
  suffixes: z.array(z.string()),
});
const storedKeys = z.object({ intermediate: z.string(), leaf: z.string() });

interface Authority {
  rootPem: string;
  intermediate: Certified;
  endpointPem: string;
  leafKeys: KeyPair;
}

export interface LocalCaOptions {
  /** Where the certificates are kept; their keys are in the secret store. */
  folder: string;
  secrets: SecretStore;
  /** Under what name the keys are kept there. */
  secretName: string;
  now: () => number;
  /** Makes a new one in place of one that has not ended yet. */
  renew?: boolean;
}

/**
 * Opens the authority of the last start, or makes a new one where there is none, its key is gone, it has ended, or AWS
 * has hosts that it may not certify.
 */
export async function openLocalCa(options: LocalCaOptions): Promise<LocalCa> {
  const { folder, now, renew = false } = options;
  const known = renew ? undefined : await loadAuthority(options);
  const authority = known ?? (await makeAuthority(options));
  const bundleFile = join(folder, 'ca-bundle.pem');
  await writePrivateFile(bundleFile, authority.rootPem + (await systemRoots()));
  const leafKey = await privateKeyPem(authority.leafKeys);
  return {
    bundleFile,
    expiresAt: authority.intermediate.certificate.notAfter.getTime(),
    endpoint: { cert: authority.endpointPem, key: leafKey },
    contextFor: contextCache(authority, leafKey, now),
  };
}

async function loadAuthority({ folder, secrets, secretName, now }: LocalCaOptions): Promise<Authority | undefined> {
  const certificates = stored.safeParse(await readJson(join(folder, 'ca.json'))).data;
  const keys = storedKeys.safeParse(parseJson((await secrets.get(secretName)) ?? '')).data;
  if (!certificates || !keys) return undefined;
  if (!awsDnsSuffixes.every((suffix) => certificates.suffixes.includes(suffix))) return undefined;
  const intermediate = readCertificate(certificates.intermediate);
  const endpoint = readCertificate(certificates.endpoint);
  if (intermediate.notAfter.getTime() <= now()) return undefined;
  return {
    rootPem: certificates.root,
    intermediate: { certificate: intermediate, keys: await readKeys(keys.intermediate, intermediate) },
    endpointPem: certificates.endpoint,
    leafKeys: await readKeys(keys.leaf, endpoint),
  };
}

async function makeAuthority({ folder, secrets, secretName, now }: LocalCaOptions): Promise<Authority> {
  const root = await createRoot('Rolegate local root', authorityDays, now());
  const intermediate = await createConstrainedIntermediate(
    root,
    'Rolegate local AWS endpoints',
    awsDnsSuffixes,
    authorityDays,
    now(),
  );
  const leafKeys = await newKeys();
  // As long as the root lives: once its key is gone, nobody can make another.
  const endpoint = await issueServerCertificate(
    root,
    { dns: ['localhost'], ip: ['127.0.0.1'] },
    leafKeys,
    authorityDays,
    now(),
  );
  const certificates = {
    root: certificatePem(root.certificate),
    intermediate: certificatePem(intermediate.certificate),
    endpoint: certificatePem(endpoint),
    suffixes: awsDnsSuffixes,
  };
  const keys = { intermediate: await privateKeyPem(intermediate.keys), leaf: await privateKeyPem(leafKeys) };
  await secrets.set(secretName, JSON.stringify(keys));
  await writePrivateFile(join(folder, 'ca.json'), JSON.stringify(certificates));
  return { rootPem: certificates.root, intermediate, endpointPem: certificates.endpoint, leafKeys };
}

function contextCache(authority: Authority, key: string, now: () => number): LocalCa['contextFor'] {
  const contexts = new Map<string, { context: Promise<SecureContext>; renewAt: number }>();

  async function mint(host: string): Promise<SecureContext> {
    const { intermediate, leafKeys } = authority;
    const leaf = await issueServerCertificate(intermediate, { dns: [host] }, leafKeys, leafDays, now());
    const cert = certificatePem(leaf) + certificatePem(intermediate.certificate);
    return createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  }

  return (host) => {
    const known = contexts.get(host);
    contexts.delete(host);
    const entry =
      known && known.renewAt > now() ? known : { context: mint(host), renewAt: now() + (leafDays - 1) * dayMs };
    contexts.set(host, entry);
    const oldest = contexts.keys().next().value;
    if (contexts.size > maxContexts && oldest !== undefined) contexts.delete(oldest);
    // One that could not be made is not kept.
    entry.context.catch(() => contexts.delete(host));
    return entry.context;
  };
}

async function readJson(file: string): Promise<unknown> {
  return parseJson(await readFile(file, 'utf8').catch(() => ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
