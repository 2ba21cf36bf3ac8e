import { type AwsCall, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/**
 * Calls whose answer holds AWS credentials. Their answers must not reach a client as they are: what AWS hands out stays
 * in the app-service, and the client gets virtual credentials in its place.
 */
export type CredentialCall = { kind: 'role'; roleArn: string } | { kind: 's3express'; bucketHost: string };

/** What STS says of these to whoever has temporary credentials, as everybody here has. Sources: STS API Reference. */
const refusedActions: Readonly<Record<string, string>> = {
  GetSessionToken: 'Cannot call GetSessionToken with session credentials',
  GetFederationToken: 'Cannot call GetFederationToken with session credentials',
  AssumeRoot: 'AssumeRoot is not available here, because it would hand out credentials of another account.',
};

/**
 * Tells whether a call asks for credentials.
 *
 * @throws RolegateError `access_denied` for calls that would hand out credentials in a way that we do not do, and
 *   `bad_input` for STS requests of which it cannot be told
 */
export function credentialCall(call: AwsCall): CredentialCall | undefined {
  if (call.service.toLowerCase() === 'sts') return stsCall(call);
  const isExpressHost = call.host.includes('s3express-');
  if (isExpressHost && call.method === 'GET' && /(?:^|&)session(?:=|&|$)/.test(call.query)) {
    return { kind: 's3express', bucketHost: call.host };
  }
  return undefined;
}

function stsCall(call: AwsCall): CredentialCall | undefined {
  const form = new URLSearchParams(call.query);
  if (call.body !== null) {
    if (!(call.body instanceof Uint8Array)) throw unreadable();
    const isForm = headerValue(call.headers, 'content-type')
      ?.toLowerCase()
      .startsWith('application/x-www-form-urlencoded');
    if (!isForm && call.body.length > 0) throw unreadable();
    for (const [name, value] of new URLSearchParams(Buffer.from(call.body).toString('utf8'))) form.append(name, value);
  }
  // Two of one kind: whichever AWS would take, we might have looked at the other.
  const [action, another] = form.getAll('Action');
  const roleArns = form.getAll('RoleArn');
  if (another !== undefined || roleArns.length > 1) throw unreadable();
  const refusal = action === undefined ? undefined : refusedActions[action];
  if (refusal !== undefined) throw new RolegateError('access_denied', refusal);
  return action === 'AssumeRole' ? { kind: 'role', roleArn: roleArns[0] ?? '' } : undefined;
}

function unreadable(): RolegateError {
  return new RolegateError('bad_input', 'This is not a request to STS that Rolegate understands.', {
    hint: 'Send its parameters as a form, each once.',
  });
}
