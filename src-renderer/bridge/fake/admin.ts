import { RolegateError } from '../../../src-shared/errors.ts';
import type { Handlers } from './fake-bridge.ts';

/** The people of this world administer nothing: so far only commands do, and no screen asks. */
function refuse(): never {
  throw new RolegateError('access_denied', 'You may not do that.', { hint: 'It takes the role editor or auditor.' });
}

export const adminHandlers = {
  'resources.show': refuse,
  'resources.write': refuse,
  'resources.delete': refuse,
  'access.explain': refuse,
  'access.matrix': refuse,
  'audit.query': refuse,
  'audit.head': refuse,
  'users.reset': refuse,
  'connectors.test': refuse,
  'logins.list': refuse,
  'logins.end': refuse,
} satisfies Partial<Handlers>;
