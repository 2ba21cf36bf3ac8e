import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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

/** A certificate that the service made for itself, and the root that clients are given to trust it by. */
export interface SelfMadeCertificate {
  /** The server's certificate, PEM. */
  cert: string;
  key: string;
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

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // None yet, or not readable: a new one takes its place.
    return undefined;
  }
}
