import { createHash, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { passkeyMethod } from '../../src-shared/contracts/passkey-method.ts';
import { type Lies, type SoftwareAuthenticator, softwareAuthenticator } from '../testing/software-authenticator.ts';
import type { TestService } from '../testing/test-service.ts';
import { startTestService } from '../testing/test-service.ts';
import type { PasskeyPage } from './passkeys.ts';

const documents = `
kind: role
version: v7
metadata: {name: dev}
spec:
  options: {require_session_mfa: true}
  allow: {app_labels: {'*': '*'}, aws_role_arns: ['arn:aws:iam::123456789000:role/Dev']}
---
kind: user
version: v2
metadata: {name: alice}
spec: {roles: [dev]}
---
kind: user
version: v2
metadata: {name: bob}
spec: {roles: [dev]}
---
kind: user
version: v2
metadata: {name: admin}
spec: {roles: [editor]}
`;
const password = 'white-rabbit-hole';
const origin = 'https://rolegate.example.com:3080';
const minute = 60_000;

let test: TestService;
let tokens: { alice: string; bob: string; admin: string };
beforeEach(async () => {
  test = await startTestService(documents);
  const { service } = test;
  for (const name of ['alice', 'bob']) await service.setPassword(name, password);
  const tokenOf = async (name: string) => (await service.loginAs(name)).token;
  tokens = { alice: await tokenOf('alice'), bob: await tokenOf('bob'), admin: await tokenOf('admin') };
  return () => test.close();
});

function home() {
  const [state, verifier] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, asked: { port: 65_000, state, challenge } };
}

async function pageOf(id: string, at = origin): Promise<PasskeyPage> {
  const page = await test.service.signOnPage(id, at);
  if (typeof page === 'string') throw new Error(`It leads to ${page}.`);
  return page;
}

async function enrol(token: string, device = softwareAuthenticator(), lies?: Lies, collector = token) {
  const { verifier, asked } = home();
  const { id } = await test.service.startPasskey(token, { name: 'Laptop', password, ...asked });
  const { state, options } = await pageOf(id);
  const answer = device.create(options as never, origin, lies);
  const { code } = await test.service.takePasskeyAnswer(state, answer);
  await test.service.finishPasskey(collector, { code, verifier });
  return device;
}

async function begin(at = origin) {
  const { verifier, asked } = home();
  const { id } = await test.service.startSignOn({ ...passkeyMethod, ...asked });
  return { verifier, ...(await pageOf(id, at)) };
}

async function logIn(device: SoftwareAuthenticator, lies?: Lies, at = origin) {
  const { verifier, state, options } = await begin(at);
  const { code } = await test.service.takePasskeyAnswer(state, device.get(options as never, at, lies));
  return test.service.finishSignOn({ code, verifier });
}

const lock = (spec: string) =>
  test.service.writeResources(tokens.admin, {
    files: [{ file: 'x.yaml', text: `kind: lock\nversion: v2\nmetadata: {name: l}\nspec: ${spec}\n` }],
    mode: 'upsert',
  });
const prefer = (spec: string) =>
  test.service.writeResources(tokens.admin, {
    files: [
      {
        file: 'x.yaml',
        text: `kind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: ${spec}\n`,
      },
    ],
    mode: 'upsert',
  });

describe('a passkey', () => {
  it('logs in without name and password, and is listed with its last use', async () => {
    const device = await enrol(tokens.alice);
    const { user, token } = await logIn(device);
    expect(user.name).toBe('alice');
    const { passkeys } = await test.service.account(token);
    expect(passkeys).toMatchObject([{ name: 'Laptop', createdAt: test.clock.now, usedAt: test.clock.now }]);
    expect((await logIn(device)).user.name).toBe('alice');
  });

  it('is asked for with user verification, as a discoverable credential of the host', async () => {
    const { options } = await begin();
    expect(options).toMatchObject({ rpId: 'rolegate.example.com', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
  });

  it.each([
    ['another origin', { origin: 'https://rolegate.example.org:3080' }],
    ['another host’s id', { rpId: 'example.com' }],
    ['no user verification', { unverified: true }],
    ['another user’s handle', { userHandle: randomBytes(32).toString('base64url') }],
  ] satisfies [string, Lies][])('is refused with %s', async (_what, lies) => {
    const device = await enrol(tokens.alice);
    await expect(logIn(device, lies)).rejects.toMatchObject({ code: 'access_denied' });
    expect((await logIn(device)).user.name).toBe('alice');
  });

  it.each([
    ['another origin', { origin: 'https://rolegate.example.org:3080' }],
    ['another host’s id', { rpId: 'example.com' }],
    ['no user verification', { unverified: true }],
  ] satisfies [string, Lies][])('is not made with %s', async (_what, lies) => {
    await expect(enrol(tokens.alice, softwareAuthenticator(), lies)).rejects.toMatchObject({ code: 'access_denied' });
    expect((await test.service.account(tokens.alice)).passkeys).toEqual([]);
  });

  it('is refused with the signature of another key', async () => {
    const [own, other] = [await enrol(tokens.alice), await enrol(tokens.bob)];
    const { verifier, state, options } = await begin();
    const answer = { ...(other.get(options as never, origin) as object) };
    const named = own.get(options as never, origin) as { id: string; rawId: string };
    const { code } = await test.service.takePasskeyAnswer(state, { ...answer, id: named.id, rawId: named.rawId });
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('answers a challenge once, and only its own', async () => {
    const device = await enrol(tokens.alice);
    const first = await begin();
    const answer = device.get(first.options as never, origin);
    await test.service.takePasskeyAnswer(first.state, answer);
    await expect(test.service.takePasskeyAnswer(first.state, answer)).rejects.toMatchObject({ code: 'not_found' });
    const second = await begin();
    const { code } = await test.service.takePasskeyAnswer(second.state, answer);
    const finished = test.service.finishSignOn({ code, verifier: second.verifier });
    await expect(finished).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('is refused when its counter goes back or stays', async () => {
    const device = await enrol(tokens.alice);
    await logIn(device, { counter: 7 });
    for (const counter of [7, 3, 0]) {
      await expect(logIn(device, { counter })).rejects.toThrow('The passkey’s counter has gone back');
    }
    expect((await logIn(device, { counter: 8 })).user.name).toBe('alice');
  });

  it('is refused after the time of the attempt', async () => {
    const device = await enrol(tokens.alice);
    const { state, options } = await begin();
    test.clock.now += 11 * minute;
    const late = test.service.takePasskeyAnswer(state, device.get(options as never, origin));
    await expect(late).rejects.toMatchObject({ code: 'not_found' });
  });

  it('logs in only the client that began, with its verifier', async () => {
    const device = await enrol(tokens.alice);
    const { state, options } = await begin();
    const { code } = await test.service.takePasskeyAnswer(state, device.get(options as never, origin));
    const verifier = randomBytes(32).toString('base64url');
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('is added only by whoever began to make it, and is no login', async () => {
    const { alice, bob } = tokens;
    await expect(enrol(alice, softwareAuthenticator(), {}, bob)).rejects.toMatchObject({ code: 'access_denied' });
    const { verifier, asked } = home();
    const { id } = await test.service.startPasskey(alice, { name: 'x', password, ...asked });
    const { state, options } = await pageOf(id);
    const { code } = await test.service.takePasskeyAnswer(
      state,
      softwareAuthenticator().create(options as never, origin),
    );
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toMatchObject({ code: 'bad_input' });
    const wrong = test.service.startPasskey(alice, { name: 'x', password: 'wrong', ...asked });
    await expect(wrong).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('of a locked, removed or reset user is refused at once', async () => {
    const device = await enrol(tokens.alice);
    await lock('{target: {user: alice}}');
    await expect(logIn(device)).rejects.toMatchObject({ code: 'access_denied' });
    await test.service.deleteResource(tokens.admin, { kind: 'lock', name: 'l' });
    // A lock between the browser's answer and the login counts, too.
    const { verifier, state, options } = await begin();
    const { code } = await test.service.takePasskeyAnswer(state, device.get(options as never, origin));
    await lock('{target: {user: alice}}');
    await expect(test.service.finishSignOn({ code, verifier })).rejects.toMatchObject({ code: 'access_denied' });
    await test.service.deleteResource(tokens.admin, { kind: 'lock', name: 'l' });
    await test.service.resetUser(tokens.admin, { user: 'alice', lifetime: minute });
    await expect(logIn(device)).rejects.toThrow('This passkey is not known here.');
  });

  it('guessed at too often locks the user out for a while', async () => {
    const device = await enrol(tokens.alice);
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(logIn(device, { unverified: true })).rejects.toThrow('cannot be trusted');
    }
    await expect(logIn(device)).rejects.toThrow('Too many failed logins');
    test.clock.now += 2 * minute;
    expect((await logIn(device)).user.name).toBe('alice');
  });

  it('can be renamed, and removed with the password', async () => {
    const device = await enrol(tokens.alice);
    const id = (await test.service.account(tokens.alice)).passkeys[0]?.id ?? '';
    await test.service.renamePasskey(tokens.alice, { id, name: 'Old laptop' });
    expect((await test.service.account(tokens.alice)).passkeys[0]?.name).toBe('Old laptop');
    const renamed = test.service.renamePasskey(tokens.bob, { id, name: 'Mine' });
    await expect(renamed).rejects.toMatchObject({ code: 'not_found' });
    const wrong = test.service.removePasskey(tokens.alice, { id, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'access_denied' });
    await test.service.removePasskey(tokens.alice, { id, password });
    await expect(logIn(device)).rejects.toMatchObject({ code: 'access_denied' });
    // The same device may make it again.
    await enrol(tokens.alice, device);
    expect((await logIn(device, { counter: 9 })).user.name).toBe('alice');
  });
});

describe('where passkeys can be used', () => {
  it('is under host names, on clusters that do not want codes', async () => {
    const { service } = test;
    expect(service.passkeyOffer(origin)).toBe('offered');
    expect(service.passkeyOffer('https://localhost:1')).toBe('offered');
    for (const ip of ['https://127.0.0.1:3080', 'https://[::1]:3080', 'http://rolegate.example.com']) {
      expect(service.passkeyOffer(ip)).toBe('address');
    }
    await expect(begin('https://127.0.0.1:3080')).rejects.toMatchObject({ code: 'bad_input' });
    await prefer('{second_factor: otp}');
    expect(service.passkeyOffer(origin)).toBe('policy');
    await expect(begin()).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('a passkey of one host name is not taken under another', async () => {
    const device = await enrol(tokens.alice);
    await expect(logIn(device, {}, 'https://localhost:3080')).rejects.toThrow('This passkey is for another address.');
  });
});

describe('a passkey as the second factor', () => {
  const login = () => test.service.login({ user: 'alice', password });

  it('makes the password alone not enough', async () => {
    await expect(login()).resolves.toBeDefined();
    await enrol(tokens.alice);
    await expect(login()).rejects.toThrow('a passkey is wanted');
  });

  it('is wanted of everybody by second_factor: webauthn, and the last one stays', async () => {
    const device = await enrol(tokens.alice);
    await prefer('{second_factor: webauthn}');
    await expect(test.service.login({ user: 'bob', password })).rejects.toThrow('a passkey is wanted');
    const { token } = await logIn(device);
    const id = (await test.service.account(token)).passkeys[0]?.id ?? '';
    await expect(test.service.removePasskey(token, { id, password })).rejects.toThrow('your last one');
  });

  it('counts for sessions that begin within five minutes of the login', async () => {
    const device = await enrol(tokens.alice);
    const request = { app: 'aws', roleArn: 'arn:aws:iam::123456789000:role/Dev' };
    await expect(test.service.startAppSession(tokens.alice, request)).rejects.toThrow('needs your passkey');
    const { token } = await logIn(device);
    await expect(test.service.startAppSession(token, request)).resolves.toMatchObject({
      role: { arn: request.roleArn },
    });
    test.clock.now += 6 * minute;
    await expect(test.service.startAppSession(token, request)).rejects.toThrow('needs your passkey');
  });
});
