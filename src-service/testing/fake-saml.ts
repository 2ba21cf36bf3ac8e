import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { SignedXml } from 'xml-crypto';

/** A SAML provider on loopback that signs in whoever sits before the browser, without a form. */
export interface FakeSaml {
  metadataUrl: string;
  metadata: string;
  issuer: string;
  person: { name: string; attributes: Record<string, string[]> };
  /** What is signed. */
  signs: 'assertion' | 'response' | 'nothing';
  /** Told what would be answered; gives what is answered instead. */
  change: (response: string, request: SamlRequest) => string;
  /** Makes an answer, signed, to any request. */
  answerTo(request: SamlRequest, more?: Partial<SamlRequest>): string;
  close(): Promise<void>;
}

export interface SamlRequest {
  id: string;
  acs: string;
  audience: string;
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const day = 86_400_000;
const minute = 60_000;

export async function startFakeSaml(): Promise<FakeSaml> {
  const { cert, key } = await rsaCertificate();
  const server = createServer((request, response) => answer(new URL(request.url ?? '', 'http://idp'), response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/entity`;
  const base64 = cert.replace(/-----[^-]+-----|\s/g, '');
  const saml: FakeSaml = {
    metadataUrl: `${origin}/metadata`,
    metadata: `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${issuer}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${origin}/post"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${origin}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
    issuer,
    person: { name: 'nobody', attributes: {} },
    signs: 'assertion',
    change: (response) => response,
    answerTo: (request, more = {}) => signed(saml, { ...request, ...more }, key, cert),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    if (pathname === '/metadata') {
      response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' });
      response.end(saml.metadata);
      return;
    }
    if (pathname !== '/sso') {
      response.writeHead(404).end();
      return;
    }
    const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString('utf8');
    const request = {
      id: /\bID="([^"]+)"/.exec(xml)?.[1] ?? '',
      acs: /AssertionConsumerServiceURL="([^"]+)"/.exec(xml)?.[1] ?? '',
      audience: /<saml:Issuer[^>]*>([^<]+)</.exec(xml)?.[1] ?? '',
    };
    const given = Buffer.from(saml.change(saml.answerTo(request), request)).toString('base64');
    const relay = searchParams.get('RelayState') ?? '';
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<form method="post" action="${request.acs}"><input type="hidden" name="SAMLResponse" value="${given}"/><input type="hidden" name="RelayState" value="${relay}"/></form>`,
    );
  }
  return saml;
}

function signed(saml: FakeSaml, request: SamlRequest, key: string, cert: string): string {
  const xml = response(saml, request);
  if (saml.signs === 'nothing') return xml;
  const element = saml.signs === 'assertion' ? 'Assertion' : 'Response';
  const signature = new SignedXml({
    privateKey: key,
    publicCert: cert,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signature.addReference({
    xpath: `//*[local-name(.)='${element}']`,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
  });
  signature.computeSignature(xml, {
    location: { reference: `//*[local-name(.)='${element}']/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signature.getSignedXml();
}

function response({ issuer, person }: FakeSaml, { id, acs, audience }: SamlRequest): string {
  const now = Date.now();
  const at = (time: number) => new Date(time).toISOString();
  const newId = () => `_${randomBytes(16).toString('hex')}`;
  const attributes = Object.entries(person.attributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${at(now)}" Destination="${acs}" InResponseTo="${id}">` +
    `<saml:Issuer>${issuer}</saml:Issuer>` +
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>' +
    `<saml:Assertion ID="${newId()}" Version="2.0" IssueInstant="${at(now)}"><saml:Issuer>${issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID>${person.name}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` +
    `<saml:SubjectConfirmationData InResponseTo="${id}" Recipient="${acs}" NotOnOrAfter="${at(now + 5 * minute)}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at(now - minute)}" NotOnOrAfter="${at(now + 5 * minute)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
  );
}

async function rsaCertificate(): Promise<{ cert: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=provider of tests',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(now + day),
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') };
}
