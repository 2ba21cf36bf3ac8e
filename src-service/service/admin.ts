import type {
  AdminApi,
  MatrixPage,
  MatrixRow,
  ResourceInfo,
  ResourcePage,
} from '../../src-shared/contracts/admin-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { type Actor, actorOf, requireInsight, requireVerb } from '../access/actor.ts';
import type { Catalog } from '../access/catalog.ts';
import { queryAudit } from '../audit/query.ts';
import type { AuditEvent, AuditSink } from '../audit/sink.ts';
import type { Statements } from '../audit/statements.ts';
import type { AppSession, Sessions } from '../auth/sessions.ts';
import type { Backend } from '../backend/backend.ts';
import { type Kind, kinds } from '../resources/document.ts';
import { findKind } from '../resources/kinds.ts';
import { createPlaces } from '../resources/places.ts';
import { type Resources, type ShownResource, shownName } from '../resources/resources.ts';
import type { Accounts } from './accounts.ts';
import { createReview } from './review.ts';
import type { Revocation } from './revocation.ts';

export interface AdminParts {
  backend: Backend;
  sessions: Sessions;
  resources: Resources;
  catalog: Catalog;
  revocation: Revocation;
  accounts: Accounts;
  audit: AuditSink;
  statements: Statements;
  now: () => number;
}

const maxLogins = 5_000;
const maxRows = 5_000;
/** Characters of JSON in one answer. */
const maxPage = 1_000_000;

/** The administrators' half of the service: who asks, whether a role of theirs allows it, and then the work. */
export function createAdmin(parts: AdminParts): AdminApi {
  const { backend, sessions, resources, catalog, revocation, accounts, audit, statements, now } = parts;

  async function actor(token: string): Promise<Actor> {
    const { user } = await sessions.requireLogin(token);
    return actorOf(catalog.requireUser(user), resources.roles());
  }

  /** Like {@link actor}, for whoever wants to change something: nothing is changed that could not be written down. */
  async function changer(token: string): Promise<Actor> {
    const who = await actor(token);
    await audit.room();
    return who;
  }

  const record = (event: string, { name }: Actor, more: Partial<AuditEvent>) =>
    audit.recordDurably({ event, time: now(), user: name, success: true, ...more });

  const places = createPlaces(backend);
  const { ownRules, ...review } = createReview({ actor, resources, now });
  const api: Omit<AdminApi, 'ownRules'> = {
    ...review,

    async showResources(token, { kind, name, withSecrets = false, after = '' }) {
      const who = await actor(token);
      const resourceKind = requireKind(kind);
      const placeOf = await places.of(resourceKind);
      const found = resources.show(who, resourceKind, { name, withSecrets, placeOf });
      if (withSecrets) {
        const shown = name === undefined ? '*' : shownName(resourceKind, name);
        await record('resource.secrets_read', who, { resource: { kind, name: shown } });
      }
      return resourcePage(found, after);
    },

    async writeResources(token, { files, mode }) {
      return resources.write(await changer(token), files, mode);
    },

    async deleteResource(token, { kind, name, revision }) {
      const resourceKind = requireKind(kind);
      await resources.remove(await changer(token), resourceKind, name, revision);
      if (resourceKind === 'user' && !resources.users().has(name)) await accounts.forget(name);
    },

    async explainAccess(token, { user, app, roleArn }) {
      requireInsight(await actor(token));
      const { decision, ...rest } = catalog.explain(user, app, roleArn);
      if (!decision.allowed) return { decision, ...rest };
      const { grant: _grant, ...shown } = decision;
      return { decision: shown, ...rest };
    },

    async accessMatrix(token, only) {
      requireInsight(await actor(token));
      return matrixPage(catalog.matrix(only), only.after ?? '');
    },

    async queryAudit(token, query) {
      requireVerb(await actor(token), 'list', 'event');
      const { lines, next } = await queryAudit(backend, query);
      return next === undefined ? { lines } : { lines, next };
    },

    async auditHead(token) {
      requireVerb(await actor(token), 'list', 'event');
      return statements.now();
    },

    async logins(token, { user }) {
      requireVerb(await actor(token), 'list', 'session');
      const [all, appSessions] = await Promise.all([sessions.logins(), sessions.allAppSessions()]);
      const wanted = all.filter((login) => user === undefined || login.user === user);
      const logins = wanted.sort((a, b) => b.startedAt - a.startedAt).slice(0, maxLogins);
      const byLogin = new Map<string, AppSession[]>(logins.map(({ id }) => [id, []]));
      for (const session of appSessions) byLogin.get(session.loginId)?.push(session);
      return {
        logins: logins.map(({ id, ...login }) => ({
          ...login,
          id: shownId(id),
          appSessions: (byLogin.get(id) ?? []).map(toAppSessionInfo),
        })),
        omitted: wanted.length - logins.length,
      };
    },

    async resetUser(token, request) {
      const who = await changer(token);
      requireVerb(who, 'update', 'user');
      const invitation = await accounts.reset(request);
      await record('user.reset', who, { subject: request.user });
      return invitation;
    },

    async endSessions(token, request) {
      const who = await changer(token);
      requireVerb(who, 'delete', 'session');
      const reason = `${who.name} has ended it.`;
      if ('user' in request) {
        const ended = await revocation.endUser(request.user, reason);
        await record('session.ended', who, { subject: request.user });
        return ended;
      }
      const logins = (await sessions.logins()).filter(({ id }) => shownId(id).startsWith(request.id));
      const all = await sessions.allAppSessions();
      const appSessions = all.filter(({ id }) => shownId(id).startsWith(request.id));
      const [login] = logins;
      const [session] = appSessions;
      if (logins.length + appSessions.length > 1) {
        throw new RolegateError('bad_input', `More than one session begins with ${request.id}.`, {
          hint: 'Give more of its id.',
        });
      }
      if (login) {
        const ended = await revocation.endLogin(login, reason);
        await record('session.ended', who, { subject: login.user });
        return { logins: 1, appSessions: ended };
      }
      if (!session) throw new RolegateError('not_found', `There is no session ${request.id}.`);
      const isFirst = await revocation.end(session, reason);
      await record('session.ended', who, { subject: session.user, appSessionId: session.id });
      return { logins: 0, appSessions: isFirst ? 1 : 0 };
    },
  };
  const recording = recordingDenials(api, async (token, reason) => {
    const { user } = await sessions.requireLogin(token);
    audit.record({ event: 'admin.denied', time: now(), user, success: false, reason });
  });
  // Every window asks what it may show; that is no attempt at anything.
  return { ...recording, ownRules };
}

/** Whoever tries what no role of theirs allows is written down. */
function recordingDenials<Api extends object>(api: Api, record: (token: string, reason: string) => Promise<void>): Api {
  const recording = Object.entries(api).map(([name, method]) => [
    name,
    async (token: string, request: never) => {
      try {
        return await (method as (token: string, request: never) => Promise<unknown>)(token, request);
      } catch (error) {
        if (error instanceof RolegateError && error.code === 'access_denied') {
          await record(token, error.message).catch(() => undefined);
        }
        throw error;
      }
    },
  ]);
  return Object.fromEntries(recording) as Api;
}

/** As many resources as one answer takes, from a place on. */
function resourcePage(all: readonly ShownResource[], after: string): ResourcePage {
  const resources: ResourceInfo[] = [];
  let size = 0;
  let last = after;
  for (const resource of all) {
    if (resource.place <= after) continue;
    const info = toInfo(resource);
    size += JSON.stringify(info).length;
    if (resources.length > 0 && size > maxPage) return { resources, next: last };
    resources.push(info);
    last = resource.place;
  }
  return { resources };
}

/** As many rows as one answer takes, all of a user together, from a user on. */
function matrixPage(all: readonly MatrixRow[], after: string): MatrixPage {
  const rows = all.filter(({ user }) => user > after);
  const last = rows[maxRows - 1];
  const firstBeyond = last && rows.findIndex(({ user }, index) => index >= maxRows && user !== last.user);
  if (!last || firstBeyond === undefined || firstBeyond < 0) return { rows };
  return { rows: rows.slice(0, firstBeyond), next: last.user };
}

function requireKind(text: string): Kind {
  const found = findKind(text);
  if (found.kind) return found.kind;
  const hint = found.near === undefined ? `There are: ${kinds.join(', ')}.` : `Did you mean ${found.near}?`;
  throw new RolegateError('bad_input', `There is no kind of resource ${text}.`, { hint });
}

function toInfo({ document, origin, file, unreadable }: ShownResource): ResourceInfo {
  return {
    document: { ...document, metadata: { ...document.metadata } },
    origin,
    ...(file !== undefined && { file }),
    ...(unreadable !== undefined && { unreadable }),
  };
}

function toAppSessionInfo({ id, app, roleArn, startedAt }: AppSession) {
  return { id: shownId(id), app, roleArn, startedAt };
}

/** An id as people type it: in hex, because a dash at its beginning would be an option's. */
function shownId(id: string): string {
  return Buffer.from(id, 'base64url').toString('hex');
}
