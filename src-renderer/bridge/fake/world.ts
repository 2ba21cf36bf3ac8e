import type { ProxyView } from '../../../src-shared/contracts/network.ts';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import type { AppInfo } from '../../../src-shared/contracts/service-api.ts';
import type { RoleCheck } from '../../../src-shared/contracts/settings.ts';
import type { ChangeOutcome, StagedChange } from '../../../src-shared/contracts/staging.ts';
import type { AppState } from '../../../src-shared/contracts/state.ts';
import type { TableExtras } from '../../../src-shared/contracts/table-management.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { parseLink } from '../../../src-shared/links/link.ts';
import { type AccountWorld, accountHandlers, requireCode } from './account.ts';
import { type AdminWorld, administrationHandlers } from './administration.ts';
import type { FakeBridge, Handlers } from './fake-bridge.ts';
import { jobHandlers } from './jobs.ts';
import { networkHandlers } from './network.ts';
import { observingHandlers } from './observing.ts';
import { runPartiql } from './partiql.ts';
import { appSession, awsApp, firstState, role, user } from './people.ts';
import { requestHandlers } from './requests.ts';
import { type FakeTable, readPage } from './tables.ts';
import { toolSettings, toolSnippets } from './tools.ts';

/** What can be different from one scene to the next. */
export interface World extends AdminWorld {
  apps: AppInfo[];
  tables: Record<string, FakeTable[]>;
  /** Names on one page of the table list. */
  namesPerPage: number;
  /** Whether there is a browser to open the console in. */
  hasBrowser: boolean;
  profiles: number;
  requests: AccessRequest[];
  account: AccountWorld;
  proxy: ProxyView;
}

/** The handlers of a made-up main process that lives in this world. */
export function handlersOf(bridge: FakeBridge, world: World): Handlers {
  const find = (region: string, name: string): FakeTable => {
    const found = world.tables[region]?.find(({ details }) => details.name === name);
    if (found) return found;
    throw new RolegateError('not_found', `There is no table ${name} in ${region}.`, {
      awsCode: 'ResourceNotFoundException',
      requestId: 'req-4c1d9a7e0b',
    });
  };
  const changeSession = (id: string, changes: Partial<AppState['appSessions'][number]>) => {
    const { appSessions } = bridge.state;
    bridge.change({ appSessions: appSessions.map((one) => (one.id === id ? { ...one, ...changes } : one)) });
  };
  const stages = new Map<string, StagedChange[]>();
  const listener = (mode: 'proxy' | 'endpoint', slice: Partial<AppState['gateway']['proxy']>) => {
    const { error: _, freePort: __, ...before } = bridge.state.gateway[mode];
    bridge.change({ gateway: { ...bridge.state.gateway, [mode]: { ...before, ...slice } } });
  };
  return {
    ...administrationHandlers(world),
    ...requestHandlers(bridge, world),
    ...accountHandlers(bridge, world.account),
    ...observingHandlers(find),
    ...jobHandlers(bridge),
    ...networkHandlers(world),
    'state.get': () => bridge.state,
    'state.retry': () => {
      bridge.change({ phase: 'signed-out' }, ['failure']);
      return {};
    },
    'session.login': ({ user: name, password, code }) => {
      const known = bridge.state.sandboxUsers.find((candidate) => candidate.user === name);
      if (password === 'locked') {
        throw new RolegateError('limit', 'Too many wrong passwords: alice is locked for 5 minutes.', {
          hint: 'Wait until then, or ask an administrator to unlock the account.',
        });
      }
      if (!known || known.password !== password) {
        throw new RolegateError('access_denied', 'The user or the password is wrong.');
      }
      if (world.account.account.authenticator) requireCode(code);
      bridge.change({ phase: 'signed-in', user: user(name) }, ['loginEnded']);
      return {};
    },
    'session.logout': () => {
      bridge.change({ phase: 'signed-out', appSessions: [] }, ['user']);
      return {};
    },
    'session.status': () => {
      throw new RolegateError('not_found', 'Only the command line asks this.');
    },
    'session.probe': ({ url }) => {
      if (url.includes('nowhere')) {
        throw new RolegateError('unavailable', `Nothing answers at ${url}.`, { hint: 'Is the address right?' });
      }
      return {
        url,
        cluster: 'example-prod',
        version: '0.1.0',
        trusted: false,
        fingerprint: Array.from({ length: 32 }, (_, index) => ((index * 37 + 11) % 256).toString(16).padStart(2, '0'))
          .join(':')
          .toUpperCase(),
      };
    },
    'session.connect': ({ url }) => {
      bridge.change({ way: 'server', cluster: 'example-prod', serviceUrl: url, sandboxUsers: [], phase: 'signed-out' });
      return {};
    },
    'session.useSandbox': () => {
      bridge.change(firstState(), ['user', 'profile', 'serviceUrl', 'failure']);
      return {};
    },
    'apps.list': () => world.apps,
    'appSessions.start': ({ app, roleArn, code }) => {
      if (world.account.sessionCodes) requireCode(code);
      const found = world.apps.find(({ name }) => name === app)?.roles.find(({ arn }) => arn === roleArn);
      const session = { ...appSession(`session-${bridge.state.revision}`, found ?? role('Unknown')), app };
      const others = bridge.state.appSessions.filter((other) => other.role.arn !== roleArn);
      bridge.change({ appSessions: [...others, session] });
      return session;
    },
    'appSessions.end': ({ id }) => {
      bridge.change({ appSessions: bridge.state.appSessions.filter((session) => session.id !== id) });
      return {};
    },
    'appSessions.setRegion': ({ id, region }) => {
      changeSession(id, { region });
      return {};
    },
    'tables.list': ({ region, after }) => {
      const names = (world.tables[region] ?? []).map(({ details }) => details.name);
      const start = after === undefined ? 0 : names.indexOf(after) + 1;
      const page = names.slice(start, start + world.namesPerPage);
      const last = page.at(-1);
      return start + page.length < names.length && last !== undefined ? { names: page, next: last } : { names: page };
    },
    'tables.describe': ({ region, table }) => find(region, table).details,
    'tables.readPage': ({ region, table, ...page }) => readPage(find(region, table), page),
    'tables.cancel': () => ({}),
    'tables.extras': ({ region, table }) => extrasOf(find(region, table)),
    'tables.create': ({ region, definition }) => {
      const { stream, billing, tags: _, ...rest } = definition;
      const details = {
        ...rest,
        status: 'ACTIVE',
        indexes: definition.indexes.map((index) => ({ ...index, status: 'ACTIVE' })),
        itemCount: 0,
        sizeBytes: 0,
        billing: billing.mode,
        ...(billing.mode === 'provisioned' && { throughput: { read: billing.read, write: billing.write } }),
        ...(stream !== undefined && { streamView: stream }),
      };
      const made: FakeTable = { details, count: 0, item: () => '{}' };
      world.tables[region] = [...(world.tables[region] ?? []), made].sort((a, b) =>
        a.details.name < b.details.name ? -1 : 1,
      );
      return {};
    },
    'tables.change': ({ region, table, change }) => {
      const found = find(region, table);
      if (change.kind === 'deletionProtection') found.details = { ...found.details, deletionProtection: change.on };
      if (change.kind === 'tableClass') found.details = { ...found.details, tableClass: change.tableClass };
      if (change.kind === 'pointInTime' && change.days !== undefined) found.restorableDays = change.days;
      if (change.kind === 'stream') {
        const { streamView: _, ...rest } = found.details;
        found.details = { ...rest, ...(change.view !== undefined && { streamView: change.view }) };
      }
      if (change.kind === 'deleteIndex') {
        found.details = { ...found.details, indexes: found.details.indexes.filter(({ name }) => name !== change.name) };
      }
      return {};
    },
    'tables.delete': ({ region, table }) => {
      if (find(region, table).details.deletionProtection) {
        throw new RolegateError('aws', `Deletion protection is on for ${table}.`, { awsCode: 'ValidationException' });
      }
      world.tables[region] = (world.tables[region] ?? []).filter(({ details }) => details.name !== table);
      return {};
    },
    'partiql.run': ({ region, statements, nextToken }) => runPartiql(world.tables[region] ?? [], statements, nextToken),
    'partiql.cancel': () => ({}),
    'stages.get': ({ region, table }) => ({ changes: stages.get(`${region} ${table}`) ?? [] }),
    'stages.set': ({ region, table, changes }) => {
      stages.set(`${region} ${table}`, changes);
      return {};
    },
    'stages.commit': ({ region, table, ids }) => {
      const changes = stages.get(`${region} ${table}`) ?? [];
      // Whoever edits an item into a conflict says so in it.
      const outcomes = changes.filter(({ id }) => ids.includes(id)).map(fakeOutcome);
      const isDone = new Set(outcomes.filter(({ kind }) => kind === 'done').map(({ id }) => id));
      stages.set(
        `${region} ${table}`,
        changes.filter(({ id }) => !isDone.has(id)),
      );
      return { outcomes };
    },
    'gateway.listen': ({ mode, port }) => {
      if (port === 23456 && bridge.state.gateway[mode].status === 'failed') {
        throw new RolegateError('conflict', 'Port 23456 is still in use by another program.', {
          hint: 'Stop that program, or use another port.',
        });
      }
      listener(mode, { status: 'running', port });
      return {};
    },
    'gateway.keepKeys': ({ appSessionId, keep }) => {
      changeSession(appSessionId, { keepsKeys: keep });
      return {};
    },
    'gateway.allowPlainHttp': ({ appSessionId, allow }) => {
      changeSession(appSessionId, { plainHttp: allow });
      return {};
    },
    'gateway.renewCa': () => {
      bridge.change({ gateway: { ...bridge.state.gateway, caExpiresAt: Date.now() + 365 * 86_400_000 } });
      return {};
    },
    'gateway.stop': ({ mode }) => {
      listener(mode, { status: 'stopped' });
      return {};
    },
    'gateway.open': ({ port }) => ({ port: port ?? 23456 }),
    'gateway.proxyOnly': () => [
      { service: 'geo-maps', someOperations: false, why: 'its address has a path of its own' },
      {
        service: 's3',
        someOperations: true,
        why: 'Objects in directory buckets answer under the name of their bucket.',
      },
    ],
    'gateway.settings': ({ mode, region = 'us-east-1' }) => toolSettings(bridge.state, mode, region),
    'gateway.snippets': ({ mode, shell, region = 'us-east-1' }) =>
      toolSnippets(toolSettings(bridge.state, mode, region), shell),
    'console.launch': () =>
      world.hasBrowser
        ? { opened: true, ...consoleTimes() }
        : {
            opened: false,
            url: `http://127.0.0.1:41234/federation?Action=login&Destination=%2Fconsole&SigninToken=${'Xy7'.repeat(120)}`,
            ...consoleTimes(),
          },
    'console.link': () => ({ url: 'http://127.0.0.1:41234/federation', ...consoleTimes() }),
    'settings.setTheme': ({ theme }) => {
      bridge.change({ theme });
      return {};
    },
    'settings.setProduction': ({ rules }) => {
      bridge.change({ production: rules });
      return {};
    },
    'appSessions.unlock': ({ id, unlocked }) => {
      changeSession(id, { unlocked });
      return {};
    },
    'links.show': ({ url }) => {
      bridge.change({ link: parseLink(url) });
      return {};
    },
    'links.close': () => {
      bridge.change({}, ['link']);
      return {};
    },
    'own.profiles': () =>
      [
        { name: 'default', region: 'eu-central-1', kind: 'access keys' },
        { name: 'acme-dev', region: 'eu-west-1', kind: 'IAM Identity Center' },
        { name: 'acme-admin', kind: 'assumed role', roleArn: 'arn:aws:iam::210987654321:role/Admin' },
      ].slice(0, world.profiles),
    'own.saved': () => ({}),
    'own.check': ({ roleArns }) => roleArns.map(checkOf),
    'own.use': ({ profile }) => {
      const own = { way: 'own', phase: 'signed-in', cluster: 'this computer', profile } as const;
      bridge.change({ ...own, user: user('alice'), sandboxUsers: [], appSessions: [] });
      world.apps = [{ ...awsApp, description: `Your AWS account via profile ${profile}`, labels: {} }];
      return {};
    },
    'sandbox.reset': () => ({}),
  };
}

const expiresBy: Readonly<Record<string, string>> = { Sessions: 'ExpiresAt', Telemetry: 'At' };

function extrasOf({ details, restorableDays }: FakeTable): TableExtras {
  const attribute = expiresBy[details.name];
  return {
    timeToLive: {
      value: attribute === undefined ? { status: 'DISABLED' } : { status: 'ENABLED', attribute },
    },
    pointInTime:
      restorableDays === undefined
        ? {
            error: new RolegateError(
              'aws',
              'DescribeContinuousBackups is not in this sandbox: its DynamoDB engine (dynoxide) does not have it.',
            ).toData(),
          }
        : { value: { status: 'ENABLED', days: restorableDays, earliest: Date.UTC(2025, 10, 6, 9, 26) } },
    tags: {
      value: [
        { key: 'environment', value: 'demo' },
        { key: 'team', value: 'checkout' },
      ],
    },
  };
}

/** A change in which the word "conflict" stands finds that somebody was faster. */
function fakeOutcome(change: StagedChange): ChangeOutcome {
  if (change.kind !== 'edit' || !change.item.includes('conflict')) return { kind: 'done', id: change.id };
  return { kind: 'conflict', id: change.id, current: change.base.replace('"EUR"', '"JPY"') };
}

/** The first role works, the others show what a person would have to mend. */
function checkOf(roleArn: string, index: number): RoleCheck {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  if (index === 0) return { roleArn, ok: true, assumedRoleArn: `arn:aws:sts::123456789012:assumed-role/${name}/alice` };
  const error = new RolegateError('access_denied', `${name} does not trust arn:aws:iam::123456789012:user/alice.`, {
    hint: 'Add the statement below to the role’s trust policy, wait a few seconds, and try again.',
    awsCode: 'AccessDenied',
    requestId: 'req-77f0c2b1aa',
  });
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' },
    Action: 'sts:AssumeRole',
  };
  return { roleArn, ok: false, error: error.toData(), policy: JSON.stringify(statement, null, 2) };
}

function consoleTimes() {
  return { expiresAt: Date.now() + 900_000, signedInUntil: Date.now() + 3_600_000 };
}
