import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callbackPath, signOnRequest } from '../../src-shared/contracts/sign-on-api.ts';
import { type FakeOidc, startFakeOidc } from '../testing/fake-oidc.ts';
import { isHome, type SignOnService, startSignOnService } from '../testing/sign-on-service.ts';

const roles = `
kind: role
version: v7
metadata: {name: dev}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['arn:aws:iam::123456789000:role/{{external.team}}']}}
---
kind: role
version: v7
metadata: {name: team-red}
spec: {options: {max_session_ttl: 2h}}
---
kind: user
version: v2
metadata: {name: local@example.com}
spec: {roles: [dev]}
`;
const hour = 3_600_000;
const okta = { kind: 'oidc', name: 'okta' } as const;
const carol = { sub: 'c-1', email: 'carol@example.com', email_verified: true, groups: ['everyone', 'team-red'] };

let test: SignOnService;
let idp: FakeOidc;
const connector = (more = '') => `
kind: oidc
version: v3
metadata: {name: okta}
spec:
  display: Okta of the company
  issuer_url: ${idp.issuer}
  client_id: ${idp.client.id}
  client_secret: ${idp.client.secret}
  scope: [groups]
  claims_to_roles:
  - {claim: groups, value: everyone, roles: [dev]}
  - {claim: groups, value: 'team-*', roles: ['team-$1', 'gone-$1']}
  ${more}
`;

beforeAll(async () => {
  test = await startSignOnService(roles);
  idp = await startFakeOidc([`${test.url}${callbackPath}`]);
});
afterAll(async () => {
  await test.close();
  await idp.close();
});
beforeEach(async () => {
  idp.person = carol;
  await test.write(connector());
  return async () => {
    for (const name of [carol.email, 'c-1']) {
      await test.service.deleteResource(test.admin, { kind: 'user', name }).catch(() => undefined);
    }
  };
});

const userOf = async (name: string) =>
  (await test.service.showResources(test.admin, { kind: 'user', name })).resources[0]?.document;

describe('signing on by OpenID Connect', () => {
  it('is offered by name', async () => {
    expect(test.service.info().signIn).toEqual({
      password: true,
      connectors: [{ kind: 'oidc', name: 'okta', display: 'Okta of the company' }],
    });
  });

  it('makes a user with the mapped roles and the claims, who ends with the login', async () => {
    const { token, user } = await test.signOn(okta);
    expect(user).toMatchObject({ name: carol.email, roles: ['dev', 'team-red'] });
    expect((await test.service.user(token)).name).toBe(carol.email);
    expect(await test.service.account(token)).toMatchObject({ connector: okta });
    // The shortest of the roles' times.
    const expires = new Date(test.clock.now + 2 * hour).toISOString();
    expect(user.validUntil).toBe(test.clock.now + 2 * hour);
    expect(await userOf(carol.email)).toMatchObject({
      metadata: { expires },
      spec: {
        roles: ['dev', 'team-red'],
        traits: {},
        claims: { email: [carol.email], groups: carol.groups, sub: ['c-1'] },
        created_by: { kind: 'oidc', name: 'okta', subject: 'c-1' },
      },
    });
  });

  it('is written down with its connector', async () => {
    await test.signOn(okta);
    await test.service.auditHead(test.admin);
    const events = test.events();
    expect(events.findLast(({ event }) => event === 'login.succeeded')).toMatchObject({
      user: carol.email,
      connector: 'oidc/okta',
    });
    expect(events.findLast(({ event }) => event === 'resource.created')).toMatchObject({ user: 'oidc/okta' });
  });

  it('gives claims as external traits only, and never over what an administrator wrote', async () => {
    idp.person = { ...carol, groups: ['everyone'] };
    await test.signOn(okta);
    const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;
    const explain = (roleArn: string) =>
      test.service.explainAccess(test.admin, { user: carol.email, app: 'aws', roleArn });
    expect((await explain(arn('red'))).decision.allowed).toBe(false);
    const document = await userOf(carol.email);
    const spec = { ...document?.spec, claims: { team: ['red'] } };
    await test.write(JSON.stringify({ ...document, spec }));
    expect((await explain(arn('red'))).decision.allowed).toBe(true);
    await test.write(JSON.stringify({ ...(await userOf(carol.email)), spec: { ...spec, traits: { team: ['blue'] } } }));
    expect((await explain(arn('red'))).decision.allowed).toBe(false);
    expect((await explain(arn('blue'))).decision.allowed).toBe(true);
  });

  it('changes the roles of somebody who signs on again, and works again once the user has ended', async () => {
    await test.signOn(okta);
    idp.person = { ...carol, groups: ['everyone'] };
    expect((await test.signOn(okta)).user.roles).toEqual(['dev']);
    test.clock.now += 13 * hour;
    expect((await test.signOn(okta)).user.roles).toEqual(['dev']);
    test.clock.now -= 13 * hour;
  });

  it('lets one person sign on twice at once', async () => {
    const logins = await Promise.all([test.signOn(okta), test.signOn(okta)]);
    for (const { token } of logins) expect((await test.service.user(token)).name).toBe(carol.email);
  });
});

describe('somebody who may not come in', () => {
  it.each([
    ['has cancelled', 'cancels' as const, 'You were not signed in at okta.'],
    ['has no role', { ...carol, groups: ['guests'] }, 'carol@example.com has no role here.'],
    ['has the name of a local user', { ...carol, email: 'local@example.com' }, 'There is a local user'],
    ['has no name', { sub: 'c-1', groups: ['everyone'] }, 'there is no claim email'],
    ['has an address that nobody verified', { ...carol, email_verified: false }, 'has not verified'],
    ['has a name that cannot be one', { ...carol, email: ' carol' }, 'cannot be one here'],
  ])('is told why: %s', async (_, person, reason) => {
    idp.person = person;
    await expect(test.signOn(okta)).rejects.toThrow(reason);
    await test.service.auditHead(test.admin);
    const failed = test.events().findLast(({ event }) => event === 'login.failed');
    expect(failed).toMatchObject({ connector: 'oidc/okta', reason: expect.stringContaining(reason) });
  });

  it('is kept out by a lock', async () => {
    await test.write(`kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: '${carol.email}'}}\n`);
    await expect(test.signOn(okta)).rejects.toMatchObject({ code: 'access_denied' });
    await test.service.deleteResource(test.admin, { kind: 'lock', name: 'l' });
  });

  it('is somebody else who was given the same address', async () => {
    await test.signOn(okta);
    idp.person = { ...carol, sub: 'c-2' };
    await expect(test.signOn(okta)).rejects.toThrow('somebody else');
  });

  it('gets no password by a reset', async () => {
    await test.signOn(okta);
    const reset = test.service.resetUser(test.admin, { user: carol.email, lifetime: hour });
    await expect(reset).rejects.toThrow('signs on by oidc/okta');
  });
});

describe('what a connector is set to', () => {
  it('takes another claim for the name', async () => {
    await test.write(connector('username_claim: sub'));
    expect((await test.signOn(okta)).user.name).toBe('c-1');
  });

  it('is refused where the redirect address is not the service’s page, with the right one', async () => {
    const wrong = test.write(connector('redirect_url: https://rolegate.example.com/v1/webapi/oidc/callback'));
    await expect(wrong).rejects.toMatchObject({
      message: expect.stringContaining('https://rolegate.example.com/v1/sso/callback'),
    });
  });

  it('can be tested without a login', async () => {
    expect(await test.service.testConnector(test.admin, okta)).toMatchObject({
      ok: true,
      checks: [{ ok: true, detail: idp.issuer }, { ok: true }],
    });
    await test.write(connector().replace(idp.issuer, `${idp.issuer}/nowhere`));
    expect(await test.service.testConnector(test.admin, okta)).toMatchObject({ ok: false });
    const { token } = await test.service.loginAs('local@example.com');
    await expect(test.service.testConnector(token, okta)).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('says so when the provider cannot be reached', async () => {
    await test.write(connector().replace(idp.issuer, 'http://127.0.0.1:9'));
    const { page } = await test.begin(okta);
    const shown = await test.browser().visit(page);
    expect(shown.status).toBe(503);
    expect(shown.body).toContain('The sign-on provider of okta cannot be used now.');
  });
});

describe('whoever tampers with a sign-on', () => {
  /** A sign-on up to the moment at which the browser would go back to the client. */
  async function atHome() {
    const begun = await test.begin(okta);
    const { url } = await test.browser().visit(begun.page, isHome);
    return { ...begun, code: new URL(url).searchParams.get('code') ?? '' };
  }

  it('has no use for a code without the verifier, and spoils it', async () => {
    const { code, verifier } = await atHome();
    const other = verifier.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    await expect(test.service.finishSignOn({ code, verifier: other })).rejects.toMatchObject({ code: 'access_denied' });
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('cannot use a code twice, nor late', async () => {
    const { code, verifier } = await atHome();
    await test.service.finishSignOn({ code, verifier });
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toThrow('is over');
    const late = await atHome();
    test.clock.now += 61_000;
    await expect(test.service.finishSignOn(late)).rejects.toThrow('is over');
  });

  it('cannot bring a provider’s answer twice, or one that nobody waits for', async () => {
    const { page } = await test.begin(okta);
    const browser = test.browser();
    const isCallback = (url: string) => url.startsWith(`${test.url}${callbackPath}`);
    const { url } = await browser.visit(page, isCallback);
    expect((await browser.visit(url, isHome)).url).toMatch(/^http:\/\/127\.0\.0\.1:65000\/sign-in\?/);
    const again = await browser.visit(url, isHome);
    expect(again).toMatchObject({ status: 404, body: expect.stringContaining('Nothing waits for this answer') });
    const invented = await browser.visit(`${test.url}${callbackPath}?state=x&code=y`, isHome);
    expect(invented.status).toBe(404);
  });

  it('cannot mix up two sign-ons: the code of one with the state of another', async () => {
    const isCallback = (url: string) => url.startsWith(`${test.url}${callbackPath}`);
    const { page, verifier } = await test.begin(okta);
    const answerTo = async (address: string) => new URL((await test.browser().visit(address, isCallback)).url);
    const mine = await answerTo(page);
    const theirs = await answerTo((await test.begin(okta)).page);
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    const { url } = await test.browser().visit(mine.href, isHome);
    const code = new URL(url).searchParams.get('code') ?? '';
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toThrow('refused the sign-on: invalid_grant');
  });

  it('finds an old link dead', async () => {
    const { page } = await test.begin(okta);
    test.clock.now += 10 * 60_000;
    const shown = await test.browser().visit(page);
    expect(shown).toMatchObject({ status: 404, body: expect.stringContaining('This sign-on is over.') });
  });

  it('cannot have the browser sent anywhere but to this machine', async () => {
    const request = { ...okta, port: 65_000, state: 'a'.repeat(43), challenge: 'a'.repeat(43) };
    expect(signOnRequest.safeParse(request).success).toBe(true);
    for (const port of [80, 70_000, 1.5, '65000/@evil.example']) {
      expect(signOnRequest.safeParse({ ...request, port }).success).toBe(false);
    }
  });
});
