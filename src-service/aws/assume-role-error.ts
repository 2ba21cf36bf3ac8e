import { requireRoleArn } from '../../src-shared/aws/arn.ts';
import { type ErrorCode, type ErrorDetails, RolegateError } from '../../src-shared/errors.ts';

/** A role that could not be assumed: why, and what would mend it. */
export class AssumeRoleError extends RolegateError {
  /** JSON of a trust-policy statement for the role, where that is what may be missing. */
  readonly trustStatement: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { trustStatement?: string } = {}) {
    super(code, message, details);
    this.trustStatement = details.trustStatement;
  }
}

/** Whose credentials were used, for the words of the error. */
export interface BaseCredentialsName {
  /** `the profile dev`, `the app-service's credentials` */
  title: string;
  /** A command that gets new credentials, where one is known. */
  renewHint: string;
}

/**
 * Says in words why a role could not be assumed and what would mend it: which principal lacks what on which role.
 *
 * @param thrown what the STS client threw
 */
export function explainAssumeRoleFailure(thrown: unknown, roleArn: string, base: BaseCredentialsName): AssumeRoleError {
  const { name = '', message = '', code = '' } = thrown as { name?: string; message?: string; code?: string };
  const fail = (text: string, hint: string, kind: ErrorCode = 'aws') =>
    new AssumeRoleError(kind, text, { hint, awsCode: name === 'Error' ? undefined : name, cause: thrown });

  switch (name) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return accessDenied(message, roleArn, thrown);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return fail(`The credentials of ${base.title} have expired.`, base.renewHint, 'access_denied');
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return fail(
        `AWS does not know the access key of ${base.title}.`,
        'Check that the key still exists in IAM.',
        'access_denied',
      );
    case 'SignatureDoesNotMatch':
      return fail(
        `AWS refuses the signature made with ${base.title}.`,
        'Check the secret access key, and that the clock of this machine is right.',
        'access_denied',
      );
    case 'RegionDisabledException':
      return fail('STS is not activated in this region.', 'Activate the region in the account, or choose another.');
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return fail(`There are no usable credentials in ${base.title}.`, base.renewHint, 'access_denied');
    case 'ValidationError':
      return fail(`STS refuses the request: ${plain(message)}`, 'Check the role and its longest session duration.');
  }
  if (/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH)$/.test(code) || name === 'TimeoutError') {
    return fail('STS cannot be reached.', 'Check the network and the region.', 'unavailable');
  }
  return fail(
    `AssumeRole failed: ${plain(message) || 'AWS gave no reason.'}`,
    'Look the error code up in the AWS documentation.',
  );
}

function accessDenied(message: string, roleArn: string, thrown: unknown): AssumeRoleError {
  const role = requireRoleArn(roleArn);
  const principal = principalOf(message);
  const details = { awsCode: 'AccessDenied', cause: thrown };
  if (principal === undefined) {
    const text = `AWS does not let us assume the role ${role.name}.`;
    return new AssumeRoleError('access_denied', text, { ...details, hint: `Check the trust policy of ${roleArn}.` });
  }
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' };
  return new AssumeRoleError('access_denied', `${principal} may not assume the role ${role.name}.`, {
    ...details,
    hint:
      `Two things must allow it: the trust policy of ${roleArn} must have a statement like ${JSON.stringify(statement)}, ` +
      `and a policy of ${principal} must allow sts:AssumeRole on ${roleArn}.`,
    trustStatement: JSON.stringify(statement, null, 2),
  });
}

/** Who AWS says it is, as a trust policy would name it: for an assumed role, the role. */
function principalOf(message: string): string | undefined {
  const arn = /User: (arn:[\w-]+:(?:iam|sts)::\d{12}:[\w+=,.@/-]+)/.exec(message)?.[1];
  return arn?.replace(/:sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, ':iam::$1:role/$2');
}

/** AWS's message as one short line. */
function plain(message: string): string {
  return message.replace(/\s+/g, ' ').trim().slice(0, 300);
}
