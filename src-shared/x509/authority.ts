import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';

/**
 * Certificates, made with EC P-256 keys. Source of the rules: RFC 5280 (basic constraints, key usage, name
 * constraints); CA/Browser Forum baseline requirements for what clients insist on (names only in the subject
 * alternative name, server-authentication usage).
 */

/** The platform's own cryptography does the signing. */
const crypto = webcrypto;

export type KeyPair = webcrypto.CryptoKeyPair;

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** A certificate with the key that belongs to it. */
export interface Certified {
  certificate: x509.X509Certificate;
  keys: KeyPair;
}

/** Names and addresses that a server answers to. */
export interface ServerNames {
  dns?: readonly string[];
  ip?: readonly string[];
}

export function newKeys(): Promise<KeyPair> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

/** A self-signed certificate authority that may have one more authority under it. */
export async function createRoot(commonName: string, days: number, now: number): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }, { O: ['Rolegate'] }],
      serialNumber: newSerial(),
      ...validity(days, now),
      keys,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 1, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return { certificate, keys };
}

/**
 * An authority that can certify servers under the given DNS suffixes and nothing else: the constraint is critical,
 * and every IP address is excluded, so that a stolen key of it opens no other site.
 */
export async function createConstrainedIntermediate(
  root: Certified,
  commonName: string,
  dnsSuffixes: readonly string[],
  days: number,
  now: number,
): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: [{ CN: [commonName] }, { O: ['Rolegate'] }],
      issuer: root.certificate.subjectName,
      serialNumber: newSerial(),
      ...validity(days, now),
      publicKey: keys.publicKey,
      signingKey: root.keys.privateKey,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        nameConstraints(dnsSuffixes),
        ...(await keyIdentifiers(root, keys.publicKey)),
      ],
    },
    crypto,
  );
  return { certificate, keys };
}

/** A server certificate for these names, for a key that may be shared with other leaves. */
export async function issueServerCertificate(
  issuer: Certified,
  names: ServerNames,
  keys: KeyPair,
  days: number,
  now: number,
): Promise<x509.X509Certificate> {
  const dns = names.dns ?? [];
  const ip = names.ip ?? [];
  return x509.X509CertificateGenerator.create(
    {
      subject: [{ O: ['Rolegate'] }],
      issuer: issuer.certificate.subjectName,
      serialNumber: newSerial(),
      ...validity(days, now),
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...dns.map((value) => ({ type: 'dns' as const, value })),
          ...ip.map((value) => ({ type: 'ip' as const, value })),
        ]),
        ...(await keyIdentifiers(issuer, keys.publicKey)),
      ],
    },
    crypto,
  );
}

/** A private key as PKCS #8 PEM. */
export async function privateKeyPem(keys: KeyPair): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** Reads what {@link privateKeyPem} wrote, with the public key that belongs to it taken from its certificate. */
export async function readKeys(pem: string, certificate: x509.X509Certificate): Promise<KeyPair> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const privateKey = await crypto.subtle.importKey('pkcs8', der, keyAlgorithm, true, ['sign']);
  return { privateKey, publicKey: await certificate.publicKey.export(keyAlgorithm, ['verify'], crypto) };
}

/** Reads a certificate from PEM. */
export function readCertificate(pem: string): x509.X509Certificate {
  return new x509.X509Certificate(pem);
}

/** A certificate as PEM with a final newline. */
export function certificatePem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem').trimEnd()}\n`;
}

async function keyIdentifiers(issuer: Certified, publicKey: webcrypto.CryptoKey): Promise<x509.Extension[]> {
  return [
    await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey, false, crypto),
  ];
}

/** Valid from a day ago, so that a clock that runs a little late does not refuse it. */
function validity(days: number, now: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + days * dayMs) };
}

/** 16 random bytes, the first never zero and never with its highest bit set: serial numbers are positive. */
function newSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function nameConstraints(dnsSuffixes: readonly string[]): x509.Extension {
  const subtree = (base: GeneralName) => new GeneralSubtree({ base });
  const constraints = new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(dnsSuffixes.map((dNSName) => subtree(new GeneralName({ dNSName })))),
    excludedSubtrees: new GeneralSubtrees(
      ['0.0.0.0/0', '::/0'].map((iPAddress) => subtree(new GeneralName({ iPAddress }))),
    ),
  });
  return new x509.Extension(id_ce_nameConstraints, true, AsnConvert.serialize(constraints));
}
