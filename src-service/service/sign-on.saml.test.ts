import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acsPath } from '../../src-shared/contracts/sign-on-api.ts';
import { type FakeSaml, type SamlRequest, startFakeSaml } from '../testing/fake-saml.ts';
import { isHome, type SignOnService, startSignOnService } from '../testing/sign-on-service.ts';

const roles = `
kind: role
version: v7
metadata: {name: dev}
spec: {}
---
kind: role
version: v7
metadata: {name: ops-eu}
spec: {}
`;
const adfs = { kind: 'saml', name: 'adfs' } as const;
const dana = { name: 'dana@example.com', attributes: { groups: ['staff', 'ops.eu'], department: ['Data'] } };

let test: SignOnService;
let idp: FakeSaml;
const connector = (more = '') => `
kind: saml
version: v2
metadata: {name: adfs}
spec:
  entity_descriptor_url: ${idp.metadataUrl}
  attributes_to_roles:
  - {name: groups, value: staff, roles: [dev]}
  - {name: groups, value: '^ops\\.(\\w+)$', roles: ['ops-$1']}
  ${more}
`;

beforeAll(async () => {
  test = await startSignOnService(roles);
  idp = await startFakeSaml();
});
afterAll(async () => {
  await test.close();
  await idp.close();
});
beforeEach(async () => {
  idp.person = dana;
  idp.signs = 'assertion';
  idp.change = (response) => response;
  await test.write(connector());
  return () => test.service.deleteResource(test.admin, { kind: 'user', name: dana.name }).catch(() => undefined);
});

describe('signing on by SAML', () => {
  it.each(['assertion', 'response'] as const)('works with a signed %s', async (signs) => {
    idp.signs = signs;
    expect((await test.signOn(adfs)).user).toMatchObject({
      name: dana.name,
      roles: ['dev', 'ops-eu'],
      traits: { groups: ['staff', 'ops.eu'] },
    });
  });

  it('works with a description in the document, and with its parts', async () => {
    await test.write(connector().replace(/entity_descriptor_url: .*/, `entity_descriptor: '${idp.metadata}'`));
    expect((await test.signOn(adfs)).user.name).toBe(dana.name);
    const cert = /<ds:X509Certificate>([^<]+)</.exec(idp.metadata)?.[1];
    const sso = /HTTP-Redirect" Location="([^"]+)"/.exec(idp.metadata)?.[1];
    const parts = `issuer: ${idp.issuer}\n  sso: ${sso}\n  cert: ${cert}`;
    await test.write(connector().replace(/entity_descriptor_url: .*/, parts));
    expect((await test.signOn(adfs)).user.name).toBe(dana.name);
  });

  it('takes the name from an attribute where the document says so', async () => {
    idp.person = { ...dana, attributes: { ...dana.attributes, login: [dana.name] }, name: 'opaque-id' };
    await test.write(connector('username_attribute: login'));
    expect((await test.signOn(adfs)).user.name).toBe(dana.name);
  });

  it('describes itself to the provider', async () => {
    const shown = await test.browser().visit(`${test.url}/v1/sso/saml/adfs/metadata`);
    expect(shown.body).toContain(`Location="${test.url}${acsPath}"`);
    expect(shown.body).toContain(`entityID="${test.url}${acsPath}"`);
    const { status } = await test.browser().visit(`${test.url}/v1/sso/saml/nobody/metadata`);
    expect(status).toBe(404);
  });

  it('can be tested without a login', async () => {
    const { ok, checks } = await test.service.testConnector(test.admin, adfs);
    expect(ok).toBe(true);
    expect(checks.map(({ detail }) => detail)).toEqual([
      idp.issuer,
      expect.stringMatching(/\/sso$/),
      expect.stringMatching(/^1, the last until \d{4}-\d\d-\d\d$/),
    ]);
    await test.write(connector().replace('/metadata', '/nowhere'));
    expect(await test.service.testConnector(test.admin, adfs)).toMatchObject({ ok: false });
  });
});

describe('an answer that cannot be trusted', () => {
  const assertionOf = (xml: string) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';
  /** An assertion that nobody signed, for somebody else. */
  const forgedFrom = (xml: string) =>
    assertionOf(xml)
      .replace(/<(?:ds:)?Signature .*<\/(?:ds:)?Signature>/s, '')
      .replace(dana.name, 'admin')
      .replace(/ID="[^"]+"/, 'ID="_forged"');

  it.each<[string, (xml: string, request: SamlRequest) => string]>([
    ['is changed', (xml) => xml.replace(dana.name, 'admin')],
    ['has no signature', (xml) => xml.replace(/<Signature .*<\/Signature>/s, '')],
    // Signature wrapping: the signed assertion is still in there, where nobody looks (XSW 1 to 8 of Somorovsky et al.).
    [
      'has a second assertion before the signed one',
      (xml) => xml.replace('<saml:Assertion', `${forgedFrom(xml)}<saml:Assertion`),
    ],
    [
      'has a second assertion after the signed one',
      (xml) => xml.replace('</samlp:Response>', `${forgedFrom(xml)}</samlp:Response>`),
    ],
    [
      'has the signed assertion inside a forged one',
      (xml) =>
        xml.replace(
          assertionOf(xml),
          forgedFrom(xml).replace('</saml:Assertion>', `${assertionOf(xml)}</saml:Assertion>`),
        ),
    ],
    [
      'has the signed assertion in an extension',
      (xml) =>
        xml.replace(assertionOf(xml), `<samlp:Extensions>${assertionOf(xml)}</samlp:Extensions>${forgedFrom(xml)}`),
    ],
    [
      'has the signed assertion inside the forged one’s signature',
      (xml) => {
        const signature = /<Signature .*<\/Signature>/s.exec(xml)?.[0] ?? '';
        const bare = assertionOf(xml).replace(signature, '');
        const wrapping = signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`);
        return xml.replace(assertionOf(xml), forgedFrom(xml).replace('</saml:Issuer>', `</saml:Issuer>${wrapping}`));
      },
    ],
    [
      'has a forged assertion with the id of the signed one',
      (xml) => {
        const id = /<saml:Assertion ID="([^"]+)"/.exec(xml)?.[1] ?? '';
        return xml.replace('<saml:Assertion', `${forgedFrom(xml).replace('_forged', id)}<saml:Assertion`);
      },
    ],
    ['has a DOCTYPE', (xml) => `<!DOCTYPE x [<!ENTITY a "b">]>${xml}`],
    ['is no XML', () => 'nothing'],
    ['is for another request', (_, request) => idp.answerTo(request, { id: '_another' })],
    ['is for another audience', (_, request) => idp.answerTo(request, { audience: 'https://other.example.com' })],
    ['is for another service', (_, request) => idp.answerTo(request, { acs: 'https://other.example.com/acs' })],
    [
      // The assertion is good and signed, but it was made for another sign-on; only what is round it is new.
      'has another request’s assertion in a new response',
      (xml, request) => xml.replace(assertionOf(xml), assertionOf(idp.answerTo(request, { id: '_another' }))),
    ],
    ['is from another provider', (xml) => xml.replaceAll(idp.issuer, 'https://elsewhere.example.com')],
  ])('is refused when it %s', async (_, change) => {
    idp.change = change;
    await expect(test.signOn(adfs)).rejects.toThrow('cannot be trusted');
    const names = (await test.service.showResources(test.admin, { kind: 'user' })).resources;
    expect(names.map(({ document }) => document.metadata['name'])).toEqual(['admin']);
  });

  it('cannot be cut short by a comment in the name, which no signature covers', async () => {
    idp.person = { ...dana, name: `${dana.name}.evil.tld` };
    idp.change = (xml) => xml.replace(`${dana.name}.evil.tld`, `${dana.name}<!---->.evil.tld`);
    expect((await test.signOn(adfs)).user.name).toBe(`${dana.name}.evil.tld`);
    await test.service.deleteResource(test.admin, { kind: 'user', name: `${dana.name}.evil.tld` });
  });

  it('is not read beyond half a megabyte', async () => {
    const send = (size: number) =>
      test.browser().submit(`${test.url}${acsPath}`, { SAMLResponse: 'A'.repeat(size), RelayState: 'x' }, isHome);
    expect(await send(400_000)).toMatchObject({ status: 404 });
    expect(await send(600_000)).toMatchObject({ status: 413, body: expect.stringContaining('too large') });
  });

  it('is refused without any signature', async () => {
    idp.signs = 'nothing';
    await expect(test.signOn(adfs)).rejects.toThrow('cannot be trusted');
  });

  it('is refused when another provider signed it', async () => {
    const other = await startFakeSaml();
    other.person = dana;
    other.issuer = idp.issuer;
    idp.change = (_, request) => other.answerTo(request);
    await expect(test.signOn(adfs)).rejects.toThrow('cannot be trusted');
    await other.close();
  });

  it('is good once', async () => {
    let answer = '';
    idp.change = (response) => {
      answer = Buffer.from(response).toString('base64');
      return response;
    };
    await test.signOn(adfs);
    const replayed = answer;
    // The same answer again: with its own state, which is used up, and with that of a new sign-on.
    const again = await test
      .browser()
      .submit(`${test.url}${acsPath}`, { SAMLResponse: replayed, RelayState: 'x' }, isHome);
    expect(again.status).toBe(404);
    const { page, verifier } = await test.begin(adfs);
    const isProvider = (url: string) => url.startsWith(new URL(idp.metadataUrl).origin);
    const state = new URL((await test.browser().visit(page, isProvider)).url).searchParams.get('RelayState') ?? '';
    const { url } = await test
      .browser()
      .submit(`${test.url}${acsPath}`, { SAMLResponse: replayed, RelayState: state }, isHome);
    const code = new URL(url).searchParams.get('code') ?? '';
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toThrow('cannot be trusted');
  });
});
