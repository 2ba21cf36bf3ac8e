import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { exampleArn } from '../testing/people.ts';
import { softwareAuthenticator } from '../testing/software-authenticator.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const asked = 'arn:aws:iam::123456789000:role/Admin';
const documents = `
{kind: role, version: v8, metadata: {name: dev}, spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${exampleArn}'], request: {aws_role_arns: ['${asked}']}}}}
---
{kind: user, version: v2, metadata: {name: alice}, spec: {roles: [dev]}}
---
{kind: user, version: v2, metadata: {name: admin}, spec: {roles: [editor, auditor, reviewer]}}
`;
const password = 'correct horse battery';
const hour = 3_600_000;

let test: TestService;
let admin: string;
let alice: string;
beforeEach(async () => {
  test = await startTestService(documents);
  await test.service.setPassword('alice', password);
  admin = (await test.service.loginAs('admin')).token;
  alice = (await test.service.loginAs('alice')).token;
  return () => test.close();
});

interface Event {
  event: string;
  user: string;
  success: boolean;
  reason?: string;
}

/** What the log has beside the logins at the beginning. */
async function events(): Promise<Event[]> {
  // An administrator's login ends while days pass; the log is there for the next one.
  const { token } = await test.service.loginAs('admin');
  await test.service.auditHead(token);
  const { lines } = await test.service.queryAudit(token, { filter: {}, order: 'oldest', limit: 500 });
  const all = lines.map((line) => JSON.parse(line) as Event);
  return all.filter(({ event }) => event !== 'login.succeeded' && event !== 'audit.signed');
}
const write = (text: string) =>
  test.service.writeResources(admin, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
const failure = (work: Promise<unknown>) => expect(work).rejects.toThrow();

describe('what is in the audit log', () => {
  it('of documents: each change with what was before and after, and who has read secrets', async () => {
    const role = (more: string) => `{kind: role, version: v8, metadata: {name: r}, spec: {${more}}}`;
    await write(role(''));
    await write(role('options: {aws_read_only: true}'));
    await write(role('options: {aws_read_only: true}'));
    await test.service.deleteResource(admin, { kind: 'role', name: 'r' });
    await test.service.showResources(admin, { kind: 'oidc', withSecrets: true });
    await test.service.showResources(admin, { kind: 'oidc' });
    await write('{kind: token, version: v2, metadata: {name: 0123456789abcdef}, spec: {roles: [App]}}');
    await test.service.showResources(admin, { kind: 'token', name: '0123456789abcdef', withSecrets: true });
    const document = (options?: object) => ({ kind: 'role', spec: options ? { options } : {} });
    const resource = { kind: 'role', name: 'r' };
    const readOnly = { aws_read_only: true };
    const found = await events();
    expect(JSON.stringify(found)).not.toContain('0123456789abcdef');
    expect(found).toMatchObject([
      { event: 'resource.created', user: 'admin', resource: { ...resource, after: document() } },
      { event: 'resource.updated', resource: { ...resource, before: document(), after: document(readOnly) } },
      { event: 'resource.deleted', resource: { ...resource, before: document(readOnly) } },
      { event: 'resource.secrets_read', user: 'admin', resource: { kind: 'oidc', name: '*' } },
      { event: 'resource.created', resource: { kind: 'token', name: '********cdef' } },
      { event: 'resource.secrets_read', user: 'admin', resource: { kind: 'token', name: '********cdef' } },
    ]);
  });

  it('of an account: its password, its authenticator and its passkeys', async () => {
    const { secret } = await test.service.newAuthenticator(alice);
    const code = () => {
      test.clock.now += 30_000;
      return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.clock.now });
    };
    await test.service.addAuthenticator(alice, { password, secret, code: code() });
    await test.service.removeAuthenticator(alice, { password, code: code() });
    await test.service.changePassword(alice, { password, newPassword: `${password} staple` });
    const origin = 'https://rolegate.example.com:3080';
    const verifier = 'B'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const home = { port: 65_000, state: 'A'.repeat(43), challenge };
    const given = { name: 'Laptop', password: `${password} staple`, ...home };
    const { id } = await test.service.startPasskey(alice, given);
    const page = await test.service.signOnPage(id, origin);
    if (typeof page === 'string') throw new Error('There should be a page.');
    const answer = softwareAuthenticator().create(page.options as never, origin);
    const taken = await test.service.takePasskeyAnswer(page.state, answer);
    await test.service.finishPasskey(alice, { code: taken.code, verifier });
    const passkey = (await test.service.account(alice)).passkeys[0]?.id ?? '';
    await test.service.renamePasskey(alice, { id: passkey, name: 'Old laptop' });
    await test.service.removePasskey(alice, { id: passkey, password: given.password });
    expect((await events()).map(({ event, user }) => `${event} ${user}`)).toEqual([
      'second_factor.added alice',
      'second_factor.removed alice',
      'password.changed alice',
      'passkey.added alice',
      'passkey.renamed alice',
      'passkey.removed alice',
    ]);
  });

  it('of requests for access: asking, each decision, and what nobody decided on', async () => {
    const ask = async () =>
      (await test.service.createAccessRequest(alice, { app: 'aws', roleArn: asked, reason: 'OPS-7', duration: hour }))
        .id;
    await test.service.resolveAccessRequest(admin, { id: await ask(), decision: 'deny', reason: 'No' });
    await ask();
    test.clock.now += 25 * hour;
    admin = (await test.service.loginAs('admin')).token;
    await write('{kind: user, version: v2, metadata: {name: somebody}, spec: {roles: []}}');
    await expect
      .poll(async () => (await events()).map(({ event, user }) => `${event} ${user}`))
      .toEqual([
        'access_request.created alice',
        'access_request.denied admin',
        'access_request.created alice',
        'resource.created admin',
        'access_request.expired ',
      ]);
  });

  it('of logins that were refused although the password was right', async () => {
    const prefer = (factor: string) =>
      write(
        `{kind: cluster_auth_preference, version: v2, metadata: {name: cluster-auth-preference}, spec: {second_factor: ${factor}}}`,
      );
    const login = () => failure(test.service.login({ user: 'alice', password }));
    await prefer('on');
    await login();
    await prefer('webauthn');
    await login();
    await prefer('off');
    await write('{kind: lock, version: v2, metadata: {name: l}, spec: {target: {user: alice}, message: stolen}}');
    await login();
    const failed = (await events()).filter(({ event }) => event === 'login.failed');
    expect(failed).toMatchObject([
      { user: 'alice', success: false, reason: 'This cluster wants a second factor, and you have none.' },
      { user: 'alice', success: false, reason: 'A password alone is not enough: a passkey is wanted.' },
      { user: 'alice', success: false, reason: 'The user alice is locked: stolen.' },
    ]);
  });
});
