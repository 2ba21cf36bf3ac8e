import type { AccessExplanation, LoginList, MatrixRow, ResourceInfo } from '../../../src-shared/contracts/admin-api.ts';
import type { AccessPreview } from '../../../src-shared/contracts/review-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { auditLine, auditLines } from './audit-log.ts';
import type { Handlers } from './fake-bridge.ts';

const all = ['list', 'readnosecrets', 'read', 'create', 'update', 'delete'] as const;
const kinds = ['role', 'user', 'app', 'token', 'oidc', 'saml', 'github', 'cluster_auth_preference', 'lock'];
const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

type Spec = Record<string, unknown>;

function stored(kind: string, name: string, spec: Spec, version = 'v8'): ResourceInfo {
  return { document: { kind, version, metadata: { name, revision: `rev-${name}-1` }, spec }, origin: 'stored' };
}

const manyUsers = Array.from({ length: 40 }, (_, index) =>
  stored(
    'user',
    `user-${String(index).padStart(2, '0')}`,
    { roles: index % 3 === 0 ? ['dev', 'reader'] : ['dev'], traits: {} },
    'v2',
  ),
);

/** The resources of a cluster of some size. */
function firstResources(): ResourceInfo[] {
  return [
    stored(
      'user',
      'alice',
      { roles: ['editor', 'auditor', 'aws-dynamodb-access'], traits: { aws_role_arns: [arn('role_for_alice')] } },
      'v2',
    ),
    stored(
      'user',
      'bob',
      { roles: ['aws-dynamodb-access'], traits: { aws_role_arns: [arn('role_for_bob')], team: ['orders'] } },
      'v2',
    ),
    ...manyUsers,
    stored('role', 'aws-dynamodb-access', {
      allow: { app_labels: { '*': '*' }, aws_role_arns: ['{{internal.aws_role_arns}}'] },
    }),
    stored('role', 'dev', { allow: { app_labels: { env: ['dev', 'staging'] }, aws_role_arns: [arn('Developer')] } }),
    stored('role', 'reader', {
      options: { aws_read_only: true },
      allow: { app_labels: { '*': '*' }, aws_role_arns: [arn('ReadOnly')] },
    }),
    {
      document: {
        kind: 'role',
        version: 'v8',
        metadata: { name: 'editor', description: 'Administer all resources.' },
        spec: { allow: { rules: [{ resources: kinds, verbs: ['*'] }] } },
      },
      origin: 'default',
      file: 'a preset of Rolegate',
    },
    {
      document: {
        kind: 'role',
        version: 'v8',
        metadata: { name: 'operators' },
        spec: { allow: { app_labels: { env: 'prod' } } },
      },
      origin: 'static',
      file: '/etc/rolegate/roles.yaml',
    },
    stored(
      'oidc',
      'okta',
      {
        issuer_url: 'https://example.okta.com',
        client_id: 'rolegate',
        client_secret: '********',
        claims_to_roles: [{ claim: 'groups', value: 'developers', roles: ['dev'] }],
      },
      'v3',
    ),
    stored(
      'github',
      'github',
      {
        client_id: 'Iv1.0123',
        client_secret: '********',
        teams_to_roles: [{ organization: 'octo', team: 'dev', roles: ['dev'] }],
      },
      'v3',
    ),
    stored('lock', 'user-03', { target: { user: 'user-03' }, message: 'Lost laptop' }, 'v2'),
    stored(
      'lock',
      'prod',
      { target: { app: 'aws-prod', role: 'dev' }, message: 'Release in progress', expires: '2030-01-31T18:00:00Z' },
      'v2',
    ),
  ];
}

const preview: AccessPreview = {
  writes: [{ kind: 'role', name: 'dev', action: 'update' }],
  assume: [
    { change: 'gains', user: 'bob', app: 'aws', roleArn: arn('Deployer'), isPattern: false, readOnly: false },
    { change: 'differs', user: 'bob', app: 'aws', roleArn: arn('ReadOnly'), isPattern: false, readOnly: true },
    { change: 'loses', user: 'user-01', app: 'aws', roleArn: arn('Developer'), isPattern: false, readOnly: false },
  ],
  ask: [{ change: 'gains', user: 'bob', app: 'aws', roleArn: arn('DatabaseAdmin') }],
  review: [{ change: 'loses', user: 'user-01', app: 'aws', roleArn: '*' }],
  administer: [{ change: 'gains', user: 'bob', resource: 'lock', verbs: ['list', 'create'] }],
  users: 42,
  omitted: 0,
};

const explanation: AccessExplanation = {
  decision: {
    allowed: true,
    because: 'The role dev allows it: app_labels match, and aws_role_arns has this ARN.',
    rule: { role: 'dev', side: 'allow', field: 'aws_role_arns', entry: arn('Developer') },
  },
  roles: [
    { role: 'dev', appMatches: true, arnEntry: arn('Developer'), deniesApp: false, dropped: [] },
    {
      role: 'reader',
      appMatches: true,
      deniesApp: false,
      dropped: ['allow.aws_role_arns: {{external.team}}: there is no trait team.'],
    },
  ],
  missingRoles: ['contractors'],
};

function logins(): LoginList {
  const now = Date.now();
  const login = (id: number, user: string, sessions: string[]) => ({
    id: String(id).padStart(16, '0'),
    user,
    startedAt: now - id * 1_700_000,
    usedAt: now - id * 60_000,
    expiresAt: now + 8 * 3_600_000,
    appSessions: sessions.map((name, index) => ({
      id: `${id}${index}`.padStart(16, 'a'),
      app: 'aws',
      roleArn: arn(name),
      startedAt: now - id * 1_600_000,
    })),
  });
  return {
    logins: [
      login(1, 'alice', ['ExampleTeleportDynamoDBRole', 'role_for_alice']),
      login(2, 'bob', ['role_for_bob']),
      login(3, 'user-07', []),
    ],
    omitted: 0,
  };
}

const matrix: MatrixRow[] = [
  'alice',
  'bob',
  ...manyUsers.map(({ document }) => String(document.metadata['name'])),
].flatMap((user, index) => [
  {
    user,
    app: 'aws',
    roleArn: arn('Developer'),
    isPattern: false,
    role: 'dev',
    readOnly: false,
    ...(user === 'user-03' && { lock: 'user-03' }),
    ...(user === 'bob' && { until: Date.now() + 5_400_000 }),
  },
  ...(index % 3 === 0
    ? [{ user, app: 'aws', roleArn: arn('ReadOnly'), isPattern: false, role: 'reader', readOnly: true }]
    : []),
]);

/** What can be different about it. */
export interface AdminWorld {
  isAdmin?: boolean;
  /** Whether new events come in all the time. */
  isBusy?: boolean;
  /** Whether the audit log was tampered with. */
  isSpoilt?: boolean;
  /** Whether the cluster has just begun: no locks, no sign-on, nobody with access, no event. */
  isBare?: boolean;
}

/** What an administrator of this world asks and does. Nobody else gets an answer. */
export function administrationHandlers(world: AdminWorld) {
  const log = auditLines(600);
  let resources = firstResources();
  const requireAdmin = () => {
    if (world.isAdmin) return;
    throw new RolegateError('access_denied', 'You may not do that.', { hint: 'It takes the role editor or auditor.' });
  };
  return {
    'access.own': () => {
      if (!world.isAdmin) return {};
      return {
        ...Object.fromEntries(kinds.map((kind) => [kind, [...all]])),
        session: ['list', 'read', 'delete'],
        event: ['list', 'readnosecrets', 'read'],
      };
    },
    'resources.show': ({ kind }) => {
      requireAdmin();
      const there = world.isBare ? resources.filter(({ origin }) => origin !== 'stored') : resources;
      return { resources: there.filter(({ document }) => document.kind === kind) };
    },
    'resources.check': ({ text }) => {
      requireAdmin();
      const lines = text.split('\n');
      const line = lines.findIndex((one) => one.includes('aws_role_arn:'));
      if (line < 0) return { problems: [] };
      const message = 'aws_role_arn is not known here. Did you mean aws_role_arns?';
      const column = (lines[line] ?? '').indexOf('aws_role_arn') + 1;
      return { problems: [{ line: line + 1, column, field: 'spec.allow.aws_role_arn', message }] };
    },
    'resources.preview': () => {
      requireAdmin();
      return preview;
    },
    'resources.write': ({ files }) => {
      requireAdmin();
      return files.map(({ file }) => ({
        kind: file.split('/')[0] ?? '',
        name: file.split('/')[1] ?? '',
        action: 'updated' as const,
      }));
    },
    'resources.delete': ({ kind, name }) => {
      requireAdmin();
      resources = resources.filter(({ document }) => document.kind !== kind || document.metadata['name'] !== name);
      return {};
    },
    'access.explain': () => {
      requireAdmin();
      return explanation;
    },
    'access.matrix': () => {
      requireAdmin();
      return { rows: world.isBare ? [] : matrix };
    },
    'users.reset': () => {
      requireAdmin();
      return { token: `${'q7Jx'.repeat(10)}abc`, expiresAt: Date.now() + 3_600_000 };
    },
    'logins.list': () => {
      requireAdmin();
      return world.isBare ? { logins: [], omitted: 0 } : logins();
    },
    'logins.end': () => {
      requireAdmin();
      return { logins: 1, appSessions: 2 };
    },
    'audit.query': ({ filter, order, limit, after }) => {
      requireAdmin();
      if (world.isBare) return { lines: [] };
      const wanted = log.filter(({ seq, user }) => {
        if (filter.user !== undefined && user !== filter.user) return false;
        return after === undefined || (order === 'newest' ? seq < after : seq > after);
      });
      const ordered = order === 'newest' ? wanted.reverse() : wanted;
      const page = ordered.slice(0, limit);
      const last = page.at(-1);
      const lines = page.map(({ line }) => line);
      return ordered.length > limit && last ? { lines, next: last.seq } : { lines };
    },
    'audit.head': () => {
      requireAdmin();
      // Something goes on all the time.
      const { seq } = log.at(-1) ?? { seq: 0 };
      if (world.isBusy) log.push(auditLine(seq + 1, Date.now()));
      return {
        cluster: 'sandbox',
        seq: log.length,
        hash: 'h'.repeat(43),
        time: new Date().toISOString(),
        publicKey: 'k'.repeat(60),
        signature: 's'.repeat(86),
      };
    },
    'audit.verify': () => {
      requireAdmin();
      return {
        events: log.length,
        of: log.length,
        report: {
          events: log.length,
          first: 1,
          last: log.length,
          problems: world.isSpoilt
            ? [
                { seq: 214, message: 'Event 214 was changed.' },
                { seq: 300, message: 'Event 300 is missing.' },
              ]
            : [],
          signedUpTo: log.length - 12,
          keys: ['0f3a9c1e77b2d45a'],
          cannotProve: [
            'That no events were cut off at the end: that shows only against an anchor kept elsewhere.',
            'That the service wrote down everything, and that nobody else had its signing key.',
          ],
        },
      };
    },
    'connectors.test': () => {
      requireAdmin();
      return {
        ok: false,
        checks: [
          { what: 'The provider answers.', ok: true },
          { what: 'The role contractors exists.', ok: false, detail: 'There is no role contractors.' },
        ],
        register: [{ what: 'Redirect address', value: 'https://rolegate.example.com:3080/v1/sso/callback' }],
      };
    },
    'audit.stopVerifying': () => ({}),
  } satisfies Partial<Handlers>;
}
