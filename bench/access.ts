import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalog } from '../src-service/access/catalog.ts';
import { decide } from '../src-service/access/decision.ts';
import { grantsOf } from '../src-service/access/grants.ts';
import { openAuditLog } from '../src-service/audit/log.ts';
import type { AuditEvent } from '../src-service/audit/sink.ts';
import { createPasswords } from '../src-service/auth/passwords.ts';
import { createSessions } from '../src-service/auth/sessions.ts';
import { openLibsqlBackend } from '../src-service/backend/libsql/libsql.ts';
import { silentLog } from '../src-service/log.ts';
import { createResourceIndex } from '../src-service/resources/index.ts';
import { loadResources } from '../src-service/resources/load-resources.ts';
import { median, printTable } from './report.ts';

/**
 * What a decision, an audit event and a login cost, with as many roles, users and sessions as a large team has. The
 * CPU time of an event counts the store's thread as well.
 */

const rounds = Number(process.env['ROUNDS'] ?? 5);
const microseconds = (work: () => void, times: number) => {
  const before = performance.now();
  for (let n = 0; n < times; n += 1) work();
  return ((performance.now() - before) / times) * 1_000;
};
const shown = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));

const arn = (role: number, n: number) => `arn:aws:iam::123456789000:role/team-${role}-${n}`;
const documents = Array.from({ length: 50 }, (_, role) => {
  const arns = Array.from({ length: 10 }, (__, n) => `'${arn(role, n)}'`);
  return `kind: role
version: v8
metadata: {name: role-${role}}
spec:
  options: {max_session_ttl: 8h}
  allow: {app_labels: {env: ['prod-*', '^test-[0-9]+$']}, aws_role_arns: [${arns.join(', ')}, '{{external.extra}}']}
  deny: {aws_role_arns: ['arn:aws:iam::123456789000:role/{{email.local(external.email)}}-${role}']}
`;
});
const roles = Array.from({ length: 50 }, (_, role) => `role-${role}`);
documents.push(
  `kind: user\nversion: v2\nmetadata: {name: alice}\nspec: {roles: [${roles.join(', ')}], traits: {email: [alice@example.com], extra: ['${arn(99, 0)}']}}\n`,
);
const resources = loadResources([{ file: 'bench.yaml', text: documents.join('---\n') }]);
const app = { name: 'aws', description: '', uri: 'https://console.aws.amazon.com/', labels: { env: 'prod-1' } };
const index = createResourceIndex([], resources, [app], Date.now);
const catalog = createCatalog(index, 'us-east-1', Date.now);

function decisions(): string[][] {
  const user = index.users().get('alice');
  if (!user) throw new Error('There should be a user.');
  let n = 0;
  const roleArn = () => {
    n += 1;
    return arn(n % 50, n % 10);
  };
  const measured = { first: [] as number[], decide: [] as number[], known: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    measured.first.push(microseconds(() => void grantsOf({ ...user }, index.roles()), 50));
    measured.decide.push(
      microseconds(() => void decide({ user, roles: index.roles(), app, roleArn: roleArn() }), 5_000),
    );
    measured.known.push(microseconds(() => void catalog.authorise(user, 'aws', roleArn()), 50_000));
  }
  return [
    ['roles and templates of a user worked out (once, until something changes)', shown(median(measured.first))],
    ['a decision', shown(median(measured.decide))],
    ['a decision that was made before: what a request pays', shown(median(measured.known))],
  ];
}

async function auditing(folder: string): Promise<string[][]> {
  const backend = await openLibsqlBackend(join(folder, 'audit.db'));
  const audit = await openAuditLog({ backend, outputs: [], whenFailing: 'stop', log: silentLog, now: Date.now });
  const event: AuditEvent = {
    event: 'aws.request',
    time: Date.now(),
    user: 'alice',
    success: true,
    app: 'aws',
    roleArn: arn(1, 1),
    appSessionId: 'abcdefghijklmnop',
    requestId: 'abcdefghijklmnopqrstuvwx',
    aws: {
      service: 'dynamodb',
      action: 'GetItem',
      region: 'us-east-1',
      host: 'dynamodb.us-east-1.amazonaws.com',
      status: 200,
    },
  };
  const cpu: number[] = [];
  const count = 20_000;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let n = 0; n < count; n += 1) {
      await audit.room();
      audit.record(event);
      // Events come one by one, between other work.
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await audit.head();
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / count);
  }
  await audit.close();
  await backend.close();
  return [['an audit event: chained, and in the store (CPU)', shown(median(cpu))]];
}

async function loggingIn(folder: string): Promise<string[][]> {
  const backend = await openLibsqlBackend(join(folder, 'logins.db'));
  const passwords = createPasswords(backend);
  const sessions = createSessions({ backend, now: Date.now });
  await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => backend.put({ key: `passwords/user-${n}`, value: { hash: 'x' } })),
  );
  await Promise.all(
    Array.from({ length: 10_000 }, (_, n) => sessions.startLogin(`user-${n % 1_000}`, Date.now() + 3_600_000)),
  );
  await passwords.set('alice', 'correct horse battery');
  const whole: number[] = [];
  const argon: number[] = [];
  for (let round = 0; round < rounds * 2; round += 1) {
    const start = performance.now();
    await passwords.verify('alice', 'correct horse battery');
    const verified = performance.now();
    await sessions.startLogin('alice', Date.now() + 3_600_000);
    argon.push(verified - start);
    whole.push(performance.now() - start);
  }
  sessions.close();
  await backend.close();
  const beside = (median(whole) - median(argon)) * 1_000;
  return [['a login among 1,000 users and 10,000 sessions, beside its argon2', shown(beside)]];
}

const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const rows = [...decisions(), ...(await auditing(folder)), ...(await loggingIn(folder))];
printTable('Access: 50 roles with 550 ARNs', ['', 'µs'], rows);
rmSync(folder, { recursive: true });
