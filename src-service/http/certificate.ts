import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import {
  certificatePem,
  createRoot,
  issueServerCertificate,
  newKeys,
  privateKeyPem,
  readCertificate,
  type ServerNames,
} from '../../src-shared/x509/authority.ts';

/** What a server shows and proves itself with, as PEM: the certificate with its chain, and its key. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

/** A certificate that the service made for itself, and the root that clients are given to trust it by. */
export interface SelfMadeCertificate extends ServerCertificate {
  /** File with the root's certificate, to be handed to clients. */
  caFile: string;
}

const days = 365;
const renewWithin = 30 * 86_400_000;
const stored = z.object({ cert: z.string(), key: z.string(), ca: z.string(), names: z.string() });

/**
 * The service's own certificate: the one of the last start while it is good for these names, else a new one. The
 * root's key is thrown away once it has signed.
 *
 * @param folder private folder to keep it in
 */
export async function selfMadeCertificate(
  folder: string,
  names: ServerNames,
  now: number,
): Promise<SelfMadeCertificate> {
  const file = join(folder, 'service-certificate.json');
  const caFile = join(folder, 'service-ca.pem');
  const wanted = JSON.stringify(names);
  let pem = stored.safeParse(await readJson(file)).data;
  if (!pem || pem.names !== wanted || readCertificate(pem.cert).notAfter.getTime() - now < renewWithin) {
    const root = await createRoot('Rolegate app-service', days, now);
    const keys = await newKeys();
    const leaf = await issueServerCertificate(root, names, keys, days, now);
    pem = {
      cert: certificatePem(leaf),
      key: await privateKeyPem(keys),
      ca: certificatePem(root.certificate),
      names: wanted,
    };
    await writePrivateFile(file, JSON.stringify(pem));
  }
  await writePrivateFile(caFile, pem.ca);
  return { cert: pem.cert, key: pem.key, caFile };
}

/**
 * Reads a certificate and its key.
 *
 * @throws RolegateError saying which file cannot be read or used, and why
 */
export async function readServerCertificate(files: { certFile: string; keyFile: string }): Promise<ServerCertificate> {
  const [cert, key] = await Promise.all([readPem(files.certFile), readPem(files.keyFile)]);
  const certificate = parsed(() => new X509Certificate(cert), `${files.certFile} holds no certificate in PEM form.`);
  const privateKey = parsed((): KeyObject => createPrivateKey(key), keyProblem(files.keyFile, key));
  if (!certificate.checkPrivateKey(privateKey)) {
    const message = `The key in ${files.keyFile} is not the one of the certificate in ${files.certFile}.`;
    throw new RolegateError('bad_input', message, { hint: 'The server’s own certificate comes first in its file.' });
  }
  return { cert, key };
}

/** What people and clients know a certificate by, and how long it is good. */
export function describeCertificate({ cert }: Pick<ServerCertificate, 'cert'>): {
  /** SHA-256, as `AA:BB:…`. */
  fingerprint: string;
  /** Milliseconds since the epoch. */
  notAfter: number;
} {
  const { fingerprint256: fingerprint, validTo } = new X509Certificate(cert);
  return { fingerprint, notAfter: Date.parse(validTo) };
}

function keyProblem(file: string, key: string): string {
  const isLocked = /ENCRYPTED/.test(key);
  return isLocked
    ? `The key in ${file} is locked with a password. The service needs one without.`
    : `${file} holds no private key in PEM form.`;
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'There is no such file.',
      EACCES: 'It may not be read by this user.',
      EISDIR: 'It is a folder.',
    };
    throw new RolegateError('bad_input', `${file}: ${reasons[code] ?? 'It cannot be read.'}`, {
      hint: 'The certificate and its key are named in the configuration, under tls.',
    });
  }
}

function parsed<Result>(parse: () => Result, message: string): Result {
  try {
    return parse();
  } catch (error) {
    throw new RolegateError('bad_input', message, { cause: error });
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // None yet, or not readable: a new one takes its place.
    return undefined;
  }
}
