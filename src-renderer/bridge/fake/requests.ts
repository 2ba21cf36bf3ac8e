import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { FakeBridge, Handlers } from './fake-bridge.ts';
import { role } from './people.ts';
import type { World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A role that alice may ask for. */
export const adminRole = role('DatabaseAdmin', '/break-glass/');

/** Requests in every state. */
export function exampleRequests(): AccessRequest[] {
  const now = Date.now();
  const request = (id: string, more: Partial<AccessRequest>): AccessRequest => ({
    id,
    user: 'alice',
    app: 'aws',
    role: adminRole,
    reason: 'OPS-1432: mend the index of Orders',
    duration: 2 * hour,
    createdAt: now - 25 * minute,
    state: 'pending',
    expiresAt: now + 23.6 * hour,
    isMine: true,
    mayReview: false,
    ...more,
  });
  const others = { isMine: false, user: 'bob' };
  const resolved = { resolvedBy: 'carol', resolvedAt: now - 3 * hour };
  const billing = role('Billing', '/', '210987654321');
  return [
    request('aa11', {
      ...others,
      mayReview: true,
      reason: 'The nightly export has failed; I have to look at its rows.',
    }),
    request('bb22', {}),
    request('cc33', {
      ...resolved,
      role: billing,
      state: 'approved',
      expiresAt: now + 96 * minute,
      resolveReason: 'Until the invoices are out.',
    }),
    request('dd44', { ...resolved, state: 'denied', resolveReason: 'Use the read-only role for that.' }),
    request('ee55', { ...resolved, ...others, state: 'expired', expiresAt: now - hour }),
    request('ff66', { role: billing, state: 'withdrawn', expiresAt: now - 2 * hour }),
  ];
}

type Names = 'requests.list' | 'requests.create' | 'requests.resolve' | 'requests.withdraw';

export function requestHandlers(bridge: FakeBridge, world: World): Pick<Handlers, Names> {
  const change = (id: string, changes: Partial<AccessRequest>): AccessRequest => {
    const found = world.requests.find((one) => one.id === id);
    if (!found) throw new RolegateError('not_found', `There is no request ${id}.`);
    const changed = { ...found, ...changes };
    world.requests = world.requests.map((one) => (one === found ? changed : one));
    bridge.change({ accessRevision: bridge.state.accessRevision + 1 });
    return changed;
  };
  return {
    'requests.list': () => ({ requests: world.requests, omitted: 0 }),
    'requests.create': ({ app, roleArn, reason, duration }) => {
      const wanted = world.apps.flatMap(({ requestable = [] }) => requestable).find((one) => one.role.arn === roleArn);
      if (!wanted) throw new RolegateError('access_denied', 'You may not ask for this role.');
      const now = Date.now();
      const times = { createdAt: now, expiresAt: now + 24 * hour, duration };
      const who = { user: bridge.state.user?.name ?? '', isMine: true, mayReview: false };
      const made: AccessRequest = { id: `r${now}`, app, role: wanted.role, reason, state: 'pending', ...times, ...who };
      world.requests = [made, ...world.requests];
      bridge.change({ accessRevision: bridge.state.accessRevision + 1 });
      return made;
    },
    'requests.resolve': ({ id, decision, reason }) =>
      change(id, {
        state: decision === 'approve' ? 'approved' : 'denied',
        resolvedBy: bridge.state.user?.name ?? '',
        resolvedAt: Date.now(),
        ...(reason !== undefined && { resolveReason: reason }),
        expiresAt: Date.now() + 2 * hour,
      }),
    'requests.withdraw': ({ id }) => change(id, { state: 'withdrawn', expiresAt: Date.now() }),
  };
}
