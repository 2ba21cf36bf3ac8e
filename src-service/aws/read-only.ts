import { RolegateError } from '../../src-shared/errors.ts';
import { isPartiql, onlySelects } from '../../src-shared/partiql/read-only-call.ts';
import { readsSecrets } from './handing-out.ts';

/**
 * What a read-only session may call, by the names that AWS gives to operations that change nothing. Invoke and
 * whatever has no name that we know are not among them: what cannot be told apart is refused.
 */
const reading =
  /^[a-z0-9-]+:(?:BatchGet|Describe|Get|Head|List|Lookup|Query|Scan|Search|Select|TransactGet)[A-Za-z0-9]*$/;
/** Reading by name, but whoever reads takes it from others. */
const taking = /^states:GetActivityTask$/;

/**
 * Holds a read-only session to reading: emulators, and some services, ignore session policies.
 *
 * @param action IAM's name of what a request asks for (`dynamodb:GetItem`)
 * @param body the request's, where it has been read: PartiQL may read if each of its statements is surely a SELECT
 * @throws RolegateError `access_denied`
 */
export function requireReading(action: string | undefined, body?: unknown): void {
  if (action !== undefined && reading.test(action) && !readsSecrets(action) && !taking.test(action)) return;
  if (action !== undefined && selects(action, body)) return;
  throw new RolegateError(
    'access_denied',
    `This session is read-only, so ${action ?? 'this request'} is not allowed.`,
    {
      hint: 'Ask whoever gave you the role, if you need to write with it.',
    },
  );
}

function selects(action: string, body: unknown): boolean {
  const operation = /^dynamodb:(\w+)$/.exec(action)?.[1];
  if (operation === undefined || !isPartiql(operation) || !(body instanceof Uint8Array)) return false;
  return onlySelects(operation, Buffer.from(body).toString('utf8'));
}
