import { RolegateError } from '../../../src-shared/errors.ts';
import type { Handlers } from './fake-bridge.ts';

/** No screen asks for these so far, only commands do. */
function refuse(): never {
  throw new RolegateError('access_denied', 'You may not do that.', { hint: 'It takes the role editor or auditor.' });
}

export const adminHandlers = {
  'connectors.test': refuse,
} satisfies Partial<Handlers>;
