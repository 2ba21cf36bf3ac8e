import { X509Certificate } from 'node:crypto';
import sax, { type QualifiedTag } from 'sax';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { SamlSpec } from '../../resources/kinds/connectors.ts';
import { providerTimeout } from './connector.ts';
import type { ProviderFetch } from './provider-fetch.ts';

/** A SAML provider as its metadata describes it. */
export interface SamlProvider {
  /** Its entity id, which its assertions must name as their issuer. */
  issuer: string;
  /** Where a browser is sent with a request (HTTP redirect binding). */
  sso: string;
  /** The certificates that its signatures are checked with, PEM. */
  certificates: string[];
}

const metadataNamespace = 'urn:oasis:names:tc:SAML:2.0:metadata';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const maxMetadata = 1024 * 1024;

/**
 * The provider of a connector: as its document says, or as the metadata say that the document holds or points to.
 *
 * @throws RolegateError `bad_input` for metadata that cannot be used; whatever `fetch` throws
 */
export async function samlProvider(spec: SamlSpec, fetch: ProviderFetch): Promise<SamlProvider> {
  const described = await description(spec, fetch);
  const provider = {
    issuer: spec.issuer ?? described?.issuer ?? '',
    sso: spec.sso ?? described?.sso ?? '',
    certificates: spec.cert !== undefined ? pemsOf(spec.cert) : (described?.certificates ?? []),
  };
  if (provider.issuer === '') throw unusable('it has no entityID');
  if (provider.sso === '') throw unusable('it has no SingleSignOnService with the HTTP-Redirect binding');
  if (provider.certificates.length === 0) throw unusable('it has no certificate for signing');
  requireAddress(provider.sso);
  return provider;
}

async function description(spec: SamlSpec, fetch: ProviderFetch): Promise<SamlProvider | undefined> {
  if (spec.entity_descriptor !== undefined) return readMetadata(spec.entity_descriptor);
  const { entity_descriptor_url: address } = spec;
  return address === undefined ? undefined : readMetadata(await fetchMetadata(address, fetch));
}

async function fetchMetadata(address: string, fetch: ProviderFetch): Promise<string> {
  const reply = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(providerTimeout) });
  if (!reply.ok) {
    await reply.body?.cancel();
    throw new Error(`${address} answered with HTTP ${reply.status}.`);
  }
  const text = await reply.text();
  if (text.length > maxMetadata) throw unusable('it is larger than 1 MiB');
  return text;
}

/** Reads a provider's entity descriptor. Source: SAML 2.0 Metadata (saml-metadata-2.0-os) §2.4. */
export function readMetadata(xml: string): SamlProvider {
  const provider: SamlProvider = { issuer: '', sso: '', certificates: [] };
  const path: string[] = [];
  let use = '';
  let certificate: string | undefined;
  const parser = sax.parser(true, { xmlns: true });
  parser.onerror = (error) => {
    throw unusable(`it is no XML: ${error.message.split('\n')[0]}`);
  };
  // Entities of its own could make a small text a huge one.
  parser.ondoctype = () => {
    throw unusable('it has a DOCTYPE');
  };
  parser.onopentag = (node) => {
    const { local, uri, attributes } = node as QualifiedTag;
    const attribute = (name: string) => attributes[name]?.value;
    path.push(uri === metadataNamespace || uri === signatureNamespace ? local : '?');
    if (local === 'EntityDescriptor' && provider.issuer === '') provider.issuer = attribute('entityID') ?? '';
    if (!path.includes('IDPSSODescriptor')) return;
    if (local === 'KeyDescriptor') use = attribute('use') ?? 'signing';
    if (local === 'SingleSignOnService' && attribute('Binding') === redirectBinding && provider.sso === '') {
      provider.sso = attribute('Location') ?? '';
    }
    if (local === 'X509Certificate' && use === 'signing') certificate = '';
  };
  parser.ontext = (text) => {
    if (certificate !== undefined) certificate += text;
  };
  parser.onclosetag = () => {
    path.pop();
    if (certificate === undefined) return;
    provider.certificates.push(...pemsOf(certificate));
    certificate = undefined;
  };
  parser.write(xml).close();
  return provider;
}

/** Certificates as PEM, from PEM or from the base64 that metadata hold. */
function pemsOf(text: string): string[] {
  const parts = text.includes('-----BEGIN')
    ? (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
    : [`-----BEGIN CERTIFICATE-----\n${text.replace(/\s+/g, '').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----`];
  return parts.map((pem) => {
    try {
      return new X509Certificate(pem).toString();
    } catch {
      throw unusable('one of its certificates cannot be read');
    }
  });
}

function requireAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLoopback = url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || isLoopback) return;
  throw unusable('its sign-on address does not begin with https://');
}

function unusable(why: string): RolegateError {
  return new RolegateError('bad_input', `The description of the SAML provider cannot be used: ${why}.`);
}
