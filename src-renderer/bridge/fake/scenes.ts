import { type CallName, callNames } from '../../../src-shared/contracts/call-names.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { emptyCriteria } from '../../../src-shared/reading/criteria.ts';
import { connectors, plainAccount } from './account.ts';
import { FakeBridge, type Trouble } from './fake-bridge.ts';
import { fakeJobs } from './jobs.ts';
import { aliceRole, appSession, awsApp, exampleRole, firstState, prodApp, role, user } from './people.ts';
import { adminRole, exampleRequests } from './requests.ts';
import { fakeRegions, manyTables } from './tables.ts';
import { handlersOf, type World } from './world.ts';

/** The session that the scene `session` has. */
export const sessionId = 'session-example';

const minute = 60_000;

/** What a scene can be made of; `?scene=alice,session` does one after the other. */
const parts: Record<string, (bridge: FakeBridge, world: World) => void> = {
  starting: (bridge) => bridge.change({ phase: 'starting' }),
  failed: (bridge) => bridge.change({ phase: 'failed', failure: errors['unavailable'].toData() }),
  memory: (bridge) => bridge.change({ secrets: { kind: 'memory', reason: 'This machine has no keychain service.' } }),
  server: (bridge) =>
    bridge.change({
      way: 'server',
      cluster: 'example-prod',
      serviceUrl: 'https://rolegate.example.com:3080',
      sandboxUsers: [],
    }),
  connectors: (_, { account }) => {
    account.offer = { password: true, connectors, preferred: { kind: 'oidc', name: 'okta' } };
  },
  'connectors-only': (_, { account }) => {
    account.offer = { password: false, connectors: connectors.slice(0, 1) };
  },
  'no-window-for-login': (bridge) => {
    const url = `https://rolegate.example.com:3080/v1/sso/go/${'x'.repeat(43)}`;
    const expiresAt = Date.now() + 10 * minute;
    bridge.change({ signingIn: { kind: 'oidc', name: 'okta', display: 'Okta', url, opened: false, expiresAt } });
  },
  authenticator: (_, { account }) => {
    account.account = { authenticator: true, passkeys: [], secondFactor: 'optional' };
  },
  'wants-codes': (_, { account }) => {
    account.account = { authenticator: false, passkeys: [], secondFactor: 'required' };
  },
  'session-codes': (_, { account }) => {
    account.sessionCodes = true;
  },
  'signed-on': (_, { account }) => {
    account.account = {
      connector: { kind: 'oidc', name: 'okta' },
      authenticator: false,
      passkeys: [],
      secondFactor: 'optional',
    };
  },
  own: (bridge) => {
    const own = { way: 'own', cluster: 'this computer', profile: 'acme-dev', phase: 'signed-in' } as const;
    bridge.change({ ...own, user: user('alice'), sandboxUsers: [] });
  },
  alice: (bridge) => bridge.change({ phase: 'signed-in', user: user('alice') }),
  session: (bridge) => bridge.change({ appSessions: [appSession(sessionId, exampleRole)] }),
  'two-sessions': (bridge) =>
    bridge.change({
      appSessions: [appSession(sessionId, exampleRole), appSession('session-second', aliceRole, 47 * minute)],
    }),
  soon: (bridge) => bridge.change({ appSessions: [appSession(sessionId, exampleRole, 6.4 * minute)] }),
  over: (bridge) => bridge.change({ appSessions: [appSession(sessionId, exampleRole, -minute)] }),
  production: (bridge) => bridge.change({ production: [{ pattern: '123456789012', readsFirst: false }] }),
  'production-locked': (bridge) => bridge.change({ production: [{ pattern: '123456789012', readsFirst: true }] }),
  'read-only': (bridge) =>
    bridge.change({ appSessions: bridge.state.appSessions.map((one) => ({ ...one, readOnly: true })) }),
  link: (bridge) => {
    const keys = [{ name: 'CustomerId', operator: '=' as const, values: ['c-1000'] }];
    const query = JSON.stringify({ ...emptyCriteria(), keys });
    bridge.change({ link: { account: '123456789012', region: 'us-east-1', table: 'Orders', query } });
  },
  'link-nowhere': (bridge) =>
    bridge.change({ link: { account: '999999999999', region: 'us-east-1', table: 'Orders' } }),
  'empty-region': (bridge) =>
    bridge.change({ appSessions: [{ ...appSession(sessionId, exampleRole), region: 'ap-southeast-2' }] }),
  'many-tables': (_, world) => {
    world.tables = { ...world.tables, 'us-east-1': manyTables(2500) };
    world.namesPerPage = 100;
  },
  huge: (_, world) => {
    for (const table of Object.values(world.tables).flat()) {
      if (table.details.name === 'Telemetry') table.count = 1_000_000;
    }
  },
  jobs: (bridge) => bridge.change({ jobs: fakeJobs }),
  'many-apps': (_, world) => {
    world.apps = [awsApp, prodApp];
  },
  requestable: (_, world) => {
    const others = [adminRole, role('Billing', '/', '210987654321')];
    const requestable = others.map((one) => ({ role: one, maxDuration: 4 * 60 * minute }));
    world.apps = [{ ...awsApp, requestable }];
  },
  requests: (_, world) => {
    world.requests = exampleRequests();
  },
  'no-apps': (_, world) => {
    world.apps = [];
  },
  'no-roles': (_, world) => {
    world.apps = [{ ...awsApp, roles: [] }];
  },
  'no-browser': (_, world) => {
    world.hasBrowser = false;
  },
  'no-profiles': (_, world) => {
    world.profiles = 0;
  },
  'certificate-ends': (bridge) =>
    bridge.change({ gateway: { ...bridge.state.gateway, caExpiresAt: Date.now() + 29 * 24 * 60 * minute } }),
  'environment-proxy': (_, world) => {
    world.proxy.environment = { url: 'http://proxy.example.com:3128', except: '.internal.example.com,10.1.2.3' };
  },
  'port-taken': (bridge) =>
    bridge.change({
      gateway: {
        ...bridge.state.gateway,
        proxy: { status: 'failed', port: 23456, freePort: 23458, error: errors['port'].toData() },
      },
    }),
  stopped: (bridge) =>
    bridge.change({
      gateway: {
        ...bridge.state.gateway,
        proxy: { status: 'stopped', port: 23456 },
        endpoint: { status: 'stopped', port: 23457 },
      },
    }),
  admin: (_, world) => {
    world.isAdmin = true;
  },
  busy: (_, world) => {
    world.isBusy = true;
  },
  bare: (_, world) => {
    world.isBare = true;
  },
  spoilt: (_, world) => {
    world.isSpoilt = true;
  },
  refused: (bridge) =>
    bridge.setLink({
      at: 'refused',
      error: new RolegateError('needs_login', 'This address has expired.', {
        hint: 'Start Rolegate again; it prints a new one.',
      }).toData(),
    }),
};

/** How calls can go wrong; `?tables.list=denied`. `pending` never answers. */
const errors = {
  denied: new RolegateError(
    'access_denied',
    'The role ExampleTeleportDynamoDBRole may not do dynamodb:ListTables in us-east-1.',
    {
      hint: 'Ask for dynamodb:ListTables in the role’s policy, or open a table by its name with Ctrl+K.',
      awsCode: 'AccessDeniedException',
      requestId: 'req-9b21f4c03d6e',
    },
  ),
  unavailable: new RolegateError('unavailable', 'The app-service does not answer.', {
    hint: 'Check the network, then try again.',
    retryable: false,
  }),
  expired: new RolegateError('needs_login', 'Your login has ended.'),
  throttled: new RolegateError('aws', 'DynamoDB is being asked too much of this table.', {
    hint: 'Wait a moment and try again.',
    awsCode: 'ProvisionedThroughputExceededException',
    requestId: 'req-5500d1e2aa01',
  }),
  unknown: new RolegateError(
    'aws',
    'ExecuteStatement is not in this sandbox: its DynamoDB engine (dynalite) does not have it.',
    { awsCode: 'UnknownOperationException' },
  ),
  port: new RolegateError('conflict', 'Port 23456 is in use by another program.', {
    hint: 'Stop that program, or use another port.',
  }),
} satisfies Record<string, RolegateError>;

/** Makes the main process of a scene, from the address of the development page. */
export function sceneOf(query: URLSearchParams): FakeBridge {
  const bridge = new FakeBridge(firstState());
  const world: World = {
    apps: [awsApp],
    tables: { ...fakeRegions },
    namesPerPage: 3,
    hasBrowser: true,
    profiles: 3,
    requests: [],
    proxy: { use: 'environment', environment: {} },
    account: { ...plainAccount },
  };
  bridge.handlers = handlersOf(bridge, world);
  for (const part of query.get('scene')?.split(',') ?? []) parts[part]?.(bridge, world);
  const theme = query.get('theme');
  if (theme === 'dark' || theme === 'light') bridge.change({ theme });
  for (const name of callNames) setTrouble(bridge, name, query.get(name));
  return bridge;
}

/** Makes a call fail from now on, or work again. */
export function setTrouble(bridge: FakeBridge, name: CallName, kind: string | null): void {
  const trouble: Trouble | undefined =
    kind === 'pending' ? 'pending' : kind === null ? undefined : errors[kind as keyof typeof errors];
  if (trouble) bridge.trouble.set(name, trouble);
  else bridge.trouble.delete(name);
}
