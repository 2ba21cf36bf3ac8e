import { beforeEach, describe, expect, it } from 'vitest';
import { type RefusalReport, refusalPace } from '../../src-shared/contracts/refusal-report.ts';
import { aliceAndAdmin, exampleArn } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const bob = `---
{kind: user, version: v2, metadata: {name: bob}, spec: {roles: [dev]}}
`;
const hour = 3_600_000;

let test: TestService;
let alice: { token: string; id: string };
beforeEach(async () => {
  test = await startTestService(aliceAndAdmin + bob);
  alice = await sessionOf('alice');
  return () => test.close();
});

async function sessionOf(user: string) {
  const { token } = await test.service.loginAs(user);
  const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
  return { token, id };
}

let count = 1;
const refused = (appSessionId: string, more: Partial<RefusalReport> = {}): RefusalReport => ({
  requestId: `request-${count++}`,
  appSessionId,
  refusal: 'signature_mismatch',
  service: 'dynamodb',
  region: 'us-east-1',
  host: 'dynamodb.us-east-1.amazonaws.com',
  operation: 'ListTables',
  ...more,
});

async function events(filter: Record<string, string> = { event: 'aws.request_refused' }) {
  const { token } = await test.service.loginAs('admin');
  await test.service.auditHead(token);
  const { lines } = await test.service.queryAudit(token, { filter, order: 'oldest', limit: 1000 });
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a request that a gateway has refused', () => {
  it('is written down with whose it was, as what, and why', async () => {
    const report = refused(alice.id);
    await test.service.reportRefusal(alice.token, report);
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event: 'aws.request_refused',
      user: 'alice',
      success: false,
      reason: 'its signature or its content does not match',
      refusal: 'signature_mismatch',
      app: 'aws',
      roleArn: exampleArn,
      appSessionId: alice.id,
      requestId: report.requestId,
      aws: {
        service: 'dynamodb',
        action: 'dynamodb:ListTables',
        region: 'us-east-1',
        host: 'dynamodb.us-east-1.amazonaws.com',
      },
    });
    expect(event).not.toHaveProperty('omitted');
  });

  it('is found by its request id, and by what else is known of it', async () => {
    const report = refused(alice.id);
    await test.service.reportRefusal(alice.token, report);
    await test.service.reportRefusal(alice.token, refused(alice.id, { service: 's3' }));
    expect(await events({ request: report.requestId })).toMatchObject([{ requestId: report.requestId }]);
    expect(await events({ request: report.requestId.slice(0, -1) })).toEqual([]);
    expect(await events({ service: 'dynamodb', action: 'ListTables', role: exampleArn })).toHaveLength(1);
    expect(await events({ event: 'aws' })).toHaveLength(2);
  });

  it('may have been of a kind that says nothing of itself, or of a service that names no operations', async () => {
    const { requestId, appSessionId, refusal } = refused(alice.id);
    await test.service.reportRefusal(alice.token, { requestId, appSessionId, refusal });
    await test.service.reportRefusal(alice.token, refused(alice.id, { service: 's3', operation: 'DeleteBucket' }));
    await test.service.reportRefusal(alice.token, refused(alice.id, { service: 'no-such-service' }));
    const found = await events();
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ user: 'alice', aws: {} });
    for (const { aws } of found) expect(aws).not.toHaveProperty('action');
  });

  it('may be of an app session that has ended or is over, which may have run elsewhere', async () => {
    await test.service.endAppSession(alice.token, alice.id);
    await test.service.reportRefusal(alice.token, refused(alice.id, { refusal: 'expired_token' }));
    await test.restart();
    await test.service.reportRefusal(alice.token, refused(alice.id, { refusal: 'expired_token' }));
    // A new login of the same user, on the next day.
    test.clock.now += 20 * hour;
    const { token } = await test.service.loginAs('alice');
    await test.service.reportRefusal(token, refused(alice.id, { refusal: 'expired_token' }));
    expect(await events()).toMatchObject(
      Array.from({ length: 3 }, () => ({ user: 'alice', app: 'aws', roleArn: exampleArn, appSessionId: alice.id })),
    );
    test.clock.now += 20 * hour;
    const later = (await test.service.loginAs('alice')).token;
    await expect(test.service.reportRefusal(later, refused(alice.id))).rejects.toMatchObject({
      code: 'session_expired',
    });
  });

  it('is nothing that somebody else, or nobody, could tell of', async () => {
    const other = await sessionOf('bob');
    const wrong = [
      [other.token, alice.id],
      [alice.token, other.id],
      [alice.token, 'no-such-session'],
    ] as const;
    for (const [token, id] of wrong) {
      await expect(test.service.reportRefusal(token, refused(id))).rejects.toMatchObject({
        code: 'session_expired',
        message: 'The session with this IAM role is over.',
      });
    }
    await test.service.endAppSession(alice.token, alice.id);
    await expect(test.service.reportRefusal(other.token, refused(alice.id))).rejects.toMatchObject({
      message: 'The session with this IAM role is over.',
    });
    await expect(test.service.reportRefusal('x', refused(alice.id))).rejects.toMatchObject({ code: 'needs_login' });
    expect(await events()).toEqual([]);
  });

  it('is counted rather than written down, app session by app session, where there are many', async () => {
    const { atOnce } = refusalPace;
    const other = await sessionOf('bob');
    for (let n = 0; n < atOnce + 500; n += 1) await test.service.reportRefusal(alice.token, refused(alice.id));
    await test.service.reportRefusal(other.token, refused(other.id));
    expect((await events()).filter(({ user }) => user === 'alice')).toHaveLength(atOnce);
    expect((await events()).filter(({ user }) => user === 'bob')).toHaveLength(1);
    test.clock.now += 60_000;
    // What the gateway did not tell of is counted along.
    await test.service.reportRefusal(alice.token, refused(alice.id, { omitted: 7 }));
    await test.service.reportRefusal(alice.token, refused(alice.id));
    const [counting, next, ...rest] = (await events()).slice(atOnce + 1);
    expect(counting).toMatchObject({ user: 'alice', omitted: 507 });
    expect(next).not.toHaveProperty('omitted');
    expect(rest).toEqual([]);
  });

  it('keeps no login from ending that nobody uses', async () => {
    const admin = (await test.service.loginAs('admin')).token;
    const preference =
      '{kind: cluster_auth_preference, version: v2, metadata: {name: cluster-auth-preference}, spec: {idle_timeout: 1h}}';
    await test.service.writeResources(admin, { files: [{ file: 'x.yaml', text: preference }], mode: 'upsert' });
    for (let n = 0; n < 5; n += 1) {
      test.clock.now += 0.2 * hour;
      await test.service.reportRefusal(alice.token, refused(alice.id));
    }
    test.clock.now += 0.1 * hour;
    await expect(test.service.user(alice.token)).rejects.toMatchObject({ code: 'needs_login' });
  });
});
