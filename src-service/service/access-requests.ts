import { randomBytes } from 'node:crypto';
import { parseRoleArn } from '../../src-shared/aws/arn.ts';
import type {
  AccessRequest,
  AccessRequestState,
  CreateAccessRequest,
  RequestsApi,
} from '../../src-shared/contracts/requests-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { actorOf } from '../access/actor.ts';
import { mayAdminister } from '../access/admin.ts';
import { type Catalog, toIamRole } from '../access/catalog.ts';
import { requestRight } from '../access/decision.ts';
import { longestRequest, mayReview } from '../access/requests.ts';
import type { User } from '../access/role.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Sessions } from '../auth/sessions.ts';
import { durationText, parseDuration } from '../config/duration.ts';
import type { Log } from '../log.ts';
import type { ResourceDocument } from '../resources/document.ts';
import type { Resource } from '../resources/index.ts';
import type { AccessRequestDocument } from '../resources/kinds/access-request.ts';
import type { Resources } from '../resources/resources.ts';

export interface AccessRequestParts {
  sessions: Sessions;
  catalog: Catalog;
  resources: Resources;
  audit: AuditSink;
  log: Log;
  now: () => number;
}

export interface AccessRequests {
  api: RequestsApi;
  /** Notes what has lapsed or ended by itself. That access has ended does not wait for it. */
  sweep(): void;
  close(): Promise<void>;
}

const day = 24 * 3_600_000;
/** A request on which nobody has decided by then has lapsed. */
const pendingFor = day;
/** How long one can look up what became of a request. */
const keptFor = 30 * day;
const maxPending = 20;
const maxListed = 500;

type Spec = AccessRequestDocument['spec'];

/** A request as it is stored. */
interface Stored {
  name: string;
  spec: Spec;
  resource: Resource;
}

/**
 * Asking for an IAM role for a time. A request is a resource, so that every replica has it at once; an approved one
 * is part of every decision for as long as it is in force (`access/requests.ts`).
 */
export function createAccessRequests(parts: AccessRequestParts): AccessRequests {
  const { sessions, catalog, resources, audit, log, now } = parts;
  let sweeping: Promise<void> = Promise.resolve();

  async function asker(token: string): Promise<User> {
    return catalog.requireUser((await sessions.requireLogin(token)).user);
  }

  function all(): Stored[] {
    return resources.list('access_request').flatMap((resource) => {
      if (resource.unreadable !== undefined) return [];
      const { metadata, spec } = resource.document as unknown as AccessRequestDocument;
      return [{ name: metadata.name, spec, resource }];
    });
  }

  function mayDecide(user: User, { spec }: Stored): boolean {
    const app = resources.apps().get(spec.app);
    if (!app || spec.user === user.name) return false;
    return mayReview({ user, roles: resources.roles(), app, roleArn: spec.aws_role_arn }).allowed;
  }

  function maySee(user: User, one: Stored): boolean {
    if (one.spec.user === user.name || mayDecide(user, one)) return true;
    return mayAdminister(actorOf(user, resources.roles()).roles, 'access_request', 'list').allowed;
  }

  /** @throws RolegateError `not_found`, also for one that is none of the user's business */
  function find(user: User, id: string): Stored {
    const found = all().find(({ name }) => name === id);
    if (found && maySee(user, found)) return found;
    throw new RolegateError('not_found', `There is no request ${id}.`, {
      hint: 'List them with: rolegate requests ls',
    });
  }

  function toInfo(user: User, one: Stored): AccessRequest {
    const { spec, name } = one;
    const role = parseRoleArn(spec.aws_role_arn);
    if (!role) throw new Error('A stored request names an IAM role.');
    return {
      id: name,
      user: spec.user,
      app: spec.app,
      role: toIamRole(role),
      reason: spec.request_reason ?? '',
      duration: parseDuration(spec.max_duration ?? '') ?? 1,
      createdAt: momentOf(spec.created) ?? 0,
      state: stateOf(spec, now()),
      expiresAt: momentOf(spec.expires) ?? 0,
      ...(spec.resolved_by !== undefined && { resolvedBy: spec.resolved_by }),
      ...(spec.resolved !== undefined && { resolvedAt: momentOf(spec.resolved) ?? 0 }),
      ...(spec.resolve_reason !== undefined && { resolveReason: spec.resolve_reason }),
      isMine: spec.user === user.name,
      mayReview: mayDecide(user, one),
    };
  }

  /** Writes a new state of a request. @returns undefined when somebody else was quicker */
  async function change(one: Stored, by: string, event: string, spec: Spec): Promise<Stored | undefined> {
    const expiresAt = (momentOf(spec.expires) ?? now()) + keptFor;
    const document = documentOf(one.name, spec, expiresAt);
    if (!(await resources.writeOwn(document, one.resource.revision))) return undefined;
    await record(event, by, one.name, one.resource.document, document);
    return { ...one, spec };
  }

  function record(
    event: string,
    by: string,
    id: string,
    before: ResourceDocument | undefined,
    after: ResourceDocument,
  ) {
    const { user, app, aws_role_arn: roleArn, resolve_reason: reason } = after.spec as Spec;
    return audit.recordDurably({
      event: `access_request.${event}`,
      time: now(),
      user: by,
      success: true,
      subject: user,
      app,
      roleArn,
      ...(reason !== undefined && { reason }),
      resource: { kind: 'access_request', name: id, before, after },
    });
  }

  function refuse(user: User, error: RolegateError): RolegateError {
    audit.record({ event: 'admin.denied', time: now(), user: user.name, success: false, reason: error.message });
    return error;
  }

  const api: RequestsApi = {
    async accessRequests(token) {
      const user = await asker(token);
      const seen = all().filter((one) => maySee(user, one));
      const requests = seen.map((one) => toInfo(user, one)).sort(byState);
      return { requests: requests.slice(0, maxListed), omitted: Math.max(0, requests.length - maxListed) };
    },

    async createAccessRequest(token, request) {
      const user = await asker(token);
      await audit.room();
      requireRequestable(user, request);
      const own = all().filter(({ spec }) => spec.user === user.name && stateOf(spec, now()) === 'pending');
      if (own.some(({ spec }) => spec.app === request.app && spec.aws_role_arn === request.roleArn)) {
        throw new RolegateError('conflict', 'You have asked for this role already, and nobody has decided yet.');
      }
      if (own.length >= maxPending) {
        throw new RolegateError('limit', `You have ${maxPending} requests on which nobody has decided yet.`, {
          hint: 'Withdraw some of them first.',
        });
      }
      const name = randomBytes(6).toString('hex');
      const spec: Spec = {
        user: user.name,
        app: request.app,
        aws_role_arn: request.roleArn,
        request_reason: request.reason,
        max_duration: durationText(request.duration),
        created: new Date(now()).toISOString(),
        state: 'pending',
        expires: new Date(now() + pendingFor).toISOString(),
      };
      const document = documentOf(name, spec, now() + pendingFor + keptFor);
      await resources.writeOwn(document);
      await record('created', user.name, name, undefined, document);
      return toInfo(user, find(user, name));
    },

    async resolveAccessRequest(token, { id, decision, reason }) {
      const user = await asker(token);
      await audit.room();
      const one = find(user, id);
      if (one.spec.user === user.name) {
        throw refuse(user, new RolegateError('access_denied', 'Nobody decides on a request of their own.'));
      }
      if (!mayDecide(user, one)) {
        throw refuse(
          user,
          new RolegateError('access_denied', `${user.name} may not decide on the request ${id}.`, {
            hint: 'It takes a role with this IAM role in spec.allow.review_requests, such as the preset role reviewer.',
          }),
        );
      }
      requirePending(one);
      if (decision === 'approve') requireStillRequestable(one);
      const access = parseDuration(one.spec.max_duration ?? '') ?? 0;
      const changed = await change(one, user.name, decision === 'approve' ? 'approved' : 'denied', {
        ...one.spec,
        state: decision === 'approve' ? 'approved' : 'denied',
        resolved: new Date(now()).toISOString(),
        resolved_by: user.name,
        ...(reason !== undefined && reason !== '' && { resolve_reason: reason }),
        expires: new Date(now() + (decision === 'approve' ? access : 0)).toISOString(),
      });
      if (!changed) throw decidedMeanwhile(find(user, id));
      return toInfo(user, changed);
    },

    async withdrawAccessRequest(token, { id }) {
      const user = await asker(token);
      await audit.room();
      const one = find(user, id);
      if (one.spec.user !== user.name) {
        throw refuse(user, new RolegateError('access_denied', `The request ${id} is not yours.`));
      }
      const state = stateOf(one.spec, now());
      if (state !== 'pending' && state !== 'approved') throw decidedMeanwhile(one);
      const ended = { ...one.spec, state: 'withdrawn' as const, expires: new Date(now()).toISOString() };
      const changed = await change(one, user.name, 'withdrawn', ended);
      if (!changed) throw decidedMeanwhile(find(user, id));
      return toInfo(user, changed);
    },
  };

  function requireRequestable(user: User, { app: appName, roleArn, duration }: CreateAccessRequest): void {
    const app = resources.apps().get(appName);
    if (!app) throw new RolegateError('not_found', `There is no app named ${appName}.`);
    const right = requestRight({ user, roles: resources.roles(), app, roleArn });
    if (!right.allowed) {
      const message = `${user.name} may not ask for ${roleArn} of ${appName}.`;
      throw refuse(user, new RolegateError('access_denied', message, { hint: right.because }));
    }
    const longest = longestRequest(right.roles);
    if (duration > longest || duration < 60_000) {
      const message = `Access to this role can be asked for from a minute up to ${durationText(longest)}.`;
      throw new RolegateError('bad_input', message);
    }
    if (hasAlready(user, appName, roleArn)) {
      throw new RolegateError('conflict', 'You have this role already.', { hint: 'Pick it in the list of roles.' });
    }
  }

  function hasAlready(user: User, app: string, roleArn: string): boolean {
    try {
      catalog.authorise(user, app, roleArn);
      return true;
    } catch {
      return false;
    }
  }

  function requirePending(one: Stored): void {
    if (stateOf(one.spec, now()) !== 'pending') throw decidedMeanwhile(one);
  }

  /** What was asked for may not be there to be given any more. */
  function requireStillRequestable({ spec }: Stored): void {
    const user = resources.users().get(spec.user);
    const app = resources.apps().get(spec.app);
    const right = user && app && requestRight({ user, roles: resources.roles(), app, roleArn: spec.aws_role_arn });
    if (right?.allowed) return;
    const message = `${spec.user} may not ask for this role any more, so it cannot be given.`;
    throw new RolegateError('conflict', message, { hint: right?.because ?? 'Deny the request.' });
  }

  function decidedMeanwhile({ spec }: Stored): RolegateError {
    const state = stateOf(spec, now());
    const by = spec.resolved_by !== undefined && state !== 'expired' ? ` by ${spec.resolved_by}` : '';
    const what = state === 'expired' ? 'has expired' : `was ${state}${by}`;
    return new RolegateError('conflict', `This request ${what} already.`);
  }

  async function sweepNow(): Promise<void> {
    for (const one of all()) {
      const { spec } = one;
      if (spec.state !== 'pending' && spec.state !== 'approved') continue;
      // A new user of that name must not find what the one before was given.
      const isOrphan = !resources.users().has(spec.user);
      if (!isOrphan && stateOf(spec, now()) !== 'expired') continue;
      const reason = isOrphan ? { resolve_reason: 'the user was deleted' } : {};
      const expires = new Date(Math.min(now(), momentOf(spec.expires) ?? 0)).toISOString();
      await change(one, '', 'expired', { ...spec, ...reason, state: 'expired', expires });
    }
  }

  return {
    api,
    sweep() {
      sweeping = sweeping
        .then(sweepNow)
        .catch((error: unknown) => log.error('Requests for access cannot be swept.', { reason: String(error) }));
    },
    close: () => sweeping,
  };
}

/** The state by now: time goes on without anybody writing it down. */
function stateOf({ state, expires }: Spec, now: number): AccessRequestState {
  const isOver = (momentOf(expires) ?? 0) <= now;
  return isOver && (state === 'pending' || state === 'approved') ? 'expired' : state;
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

function documentOf(name: string, spec: Spec, goneAt: number): ResourceDocument {
  return {
    kind: 'access_request',
    version: 'v3',
    metadata: { name, expires: new Date(goneAt).toISOString() },
    spec: { ...spec },
  };
}

function byState(a: AccessRequest, b: AccessRequest): number {
  const rank = (one: AccessRequest) => (one.state === 'pending' ? 0 : one.state === 'approved' ? 1 : 2);
  return rank(a) - rank(b) || b.createdAt - a.createdAt;
}
