import { isDeepStrictEqual } from 'node:util';
import { type AccessPreview, ruleVerbs } from '../../src-shared/contracts/review-api.ts';
import type { AppConfig } from '../options.ts';
import { allowedVerbs } from './admin.ts';
import { requestableRoles } from './decision.ts';
import { type Lock, lockAgainst } from './locks.ts';
import { type MatrixRow, matrixOf } from './matrix.ts';
import { type AccessGrant, namedToReview } from './requests.ts';
import { type Roles, rolesOf, type User } from './role.ts';

/** All that decisions stand on, at one time. */
export interface AccessState {
  roles: Roles;
  users: ReadonlyMap<string, User>;
  apps: ReadonlyMap<string, AppConfig>;
  locks: readonly Lock[];
  /** What was granted on request, by user. */
  accessGrants: ReadonlyMap<string, readonly AccessGrant[]>;
}

type AssumeChange = AccessPreview['assume'][number];
type AdministerChange = AccessPreview['administer'][number];
type AskChange = AccessPreview['ask'][number];

/** Who gains and who loses what between two states. */
export interface AccessChanges {
  assume: AssumeChange[];
  /** What may be asked for. */
  ask: AskChange[];
  /** Which requests may be decided on. */
  review: AskChange[];
  administer: AdministerChange[];
  /** How many users were compared. */
  users: number;
}

/**
 * Compares who may do what before and after a change. Only users whom the change can concern are looked at: a cluster
 * may have thousands, and the question is asked while somebody waits.
 *
 * @param resources the kinds of resources that rules can name
 */
export function compareAccess(
  before: AccessState,
  after: AccessState,
  resources: readonly string[],
  now: number,
): AccessChanges {
  const names = concernedUsers(before, after);
  const changes = [...names].sort().flatMap((name) => {
    const [old, next] = [only(before, name), only(after, name)];
    return [
      {
        assume: assumeChanges(old, next, now),
        ask: listChanges(askRows(old, name, now), askRows(next, name, now)),
        review: listChanges(reviewRows(old, name, now), reviewRows(next, name, now)),
        administer: administerChanges(name, old, next, resources, now),
      },
    ];
  });
  return {
    assume: changes.flatMap(({ assume }) => assume),
    ask: changes.flatMap(({ ask }) => ask),
    review: changes.flatMap(({ review }) => review),
    administer: changes.flatMap(({ administer }) => administer),
    users: names.size,
  };
}

/** Users who changed themselves, or have a role that did; all of them, where apps or locks did. */
function concernedUsers(before: AccessState, after: AccessState): Set<string> {
  const all = new Set([...before.users.keys(), ...after.users.keys()]);
  if (!isDeepStrictEqual(before.apps, after.apps) || !isDeepStrictEqual(before.locks, after.locks)) return all;
  const roles = new Set([...before.roles.keys(), ...after.roles.keys()]);
  const changed = new Set([...roles].filter((name) => before.roles.get(name) !== after.roles.get(name)));
  return new Set(
    [...all].filter((name) => {
      const [old, next] = [before.users.get(name), after.users.get(name)];
      return old !== next || old?.roles.some((role) => changed.has(role));
    }),
  );
}

function only(state: AccessState, name: string): AccessState {
  const user = state.users.get(name);
  return { ...state, users: new Map(user ? [[name, user]] : []) };
}

function assumeChanges(before: AccessState, after: AccessState, now: number): AssumeChange[] {
  const [old, next] = [openRows(before, now), openRows(after, now)];
  const gone = [...old].filter(([key]) => !next.has(key)).map(([, row]) => toChange('loses', row));
  const here = [...next].flatMap(([key, row]) => {
    const was = old.get(key);
    if (!was) return [toChange('gains', row)];
    return was.readOnly === row.readOnly ? [] : [toChange('differs', row)];
  });
  return [...here, ...gone];
}

/** What may be assumed right now; what a lock keeps from somebody is as good as not there. */
function openRows({ roles, users, apps, locks, accessGrants }: AccessState, now: number): Map<string, MatrixRow> {
  const resources = {
    roles: () => roles,
    users: () => users,
    apps: () => apps,
    locks: () => locks,
    accessGrants: () => accessGrants,
  };
  const open = matrixOf(resources, {}, now).filter(({ lock }) => lock === undefined);
  return new Map(open.map((row) => [JSON.stringify([row.user, row.app, row.roleArn]), row]));
}

function toChange(change: AssumeChange['change'], row: MatrixRow): AssumeChange {
  const { user, app, roleArn, isPattern, readOnly } = row;
  return { change, user, app, roleArn, isPattern, readOnly };
}

type AskRow = Omit<AskChange, 'change'>;

/** What a user may ask for now, of all apps. */
function askRows({ roles, users, apps, locks, accessGrants }: AccessState, name: string, now: number): AskRow[] {
  const user = users.get(name);
  if (!user) return [];
  const requests = accessGrants.get(name) ?? [];
  return [...apps.values()].flatMap((app) =>
    requestableRoles({ user, roles, app, requests })
      .filter(({ role }) => !lockAgainst({ user, app, roleArn: role.arn }, locks, now))
      .map(({ role }) => ({ user: name, app: app.name, roleArn: role.arn })),
  );
}

/** Which requests of others a user may decide on now, of all apps. */
function reviewRows({ roles, users, apps, locks }: AccessState, name: string, now: number): AskRow[] {
  const user = users.get(name);
  if (!user || lockAgainst({ user }, locks, now)) return [];
  return [...apps.values()].flatMap((app) =>
    namedToReview({ user, roles, app }).map((roleArn) => ({ user: name, app: app.name, roleArn })),
  );
}

function listChanges(before: readonly AskRow[], after: readonly AskRow[]): AskChange[] {
  const [old, next] = [before, after].map((rows) => new Map(rows.map((row) => [JSON.stringify(row), row])));
  const only = (rows = new Map<string, AskRow>(), others = new Map<string, AskRow>()) =>
    [...rows].filter(([key]) => !others.has(key)).map(([, row]) => row);
  return [
    ...only(next, old).map((row) => ({ change: 'gains' as const, ...row })),
    ...only(old, next).map((row) => ({ change: 'loses' as const, ...row })),
  ];
}

function administerChanges(
  name: string,
  before: AccessState,
  after: AccessState,
  resources: readonly string[],
  now: number,
): AdministerChange[] {
  const [old, next] = [before, after].map((state) => verbsOf(state, name, resources, now)) as [Verbs, Verbs];
  return resources.flatMap((resource) => {
    const has = (verbs: Verbs, verb: (typeof ruleVerbs)[number]) => verbs.get(resource)?.includes(verb) ?? false;
    const gained = ruleVerbs.filter((verb) => has(next, verb) && !has(old, verb));
    const lost = ruleVerbs.filter((verb) => has(old, verb) && !has(next, verb));
    return [
      ...(gained.length > 0 ? [{ change: 'gains' as const, user: name, resource, verbs: gained }] : []),
      ...(lost.length > 0 ? [{ change: 'loses' as const, user: name, resource, verbs: lost }] : []),
    ];
  });
}

type Verbs = ReturnType<typeof allowedVerbs>;

function verbsOf({ users, roles, locks }: AccessState, name: string, resources: readonly string[], now: number): Verbs {
  const user = users.get(name);
  if (!user || lockAgainst({ user }, locks, now)) return new Map();
  return allowedVerbs(rolesOf(user, roles), resources);
}
