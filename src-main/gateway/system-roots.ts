import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/** Where operating systems keep the authorities that they trust, a company's own included. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The authorities that this system trusts, as PEM: its own bundle, or Mozilla's where it has none in a file. */
export async function systemRoots(): Promise<string> {
  for (const file of bundles) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return withFinalNewline(text);
  }
  return withFinalNewline(rootCertificates.join('\n'));
}

function withFinalNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
