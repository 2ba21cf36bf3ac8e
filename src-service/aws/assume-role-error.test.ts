import { describe, expect, it } from 'vitest';
import { explainAssumeRoleFailure } from './assume-role-error.ts';

const roleArn = 'arn:aws:iam::210987654321:role/team/Deployer';
const base = { title: 'the profile dev', renewHint: 'Renew them with: aws sso login --profile dev' };
const explain = (thrown: object) => explainAssumeRoleFailure(Object.assign(new Error(), thrown), roleArn, base);

describe('a role that could not be assumed', () => {
  it.each([
    ['arn:aws:iam::123456789000:user/host', 'arn:aws:iam::123456789000:user/host'],
    // A trust policy names the role, not its session.
    ['arn:aws:sts::123456789000:assumed-role/Host/i-0123', 'arn:aws:iam::123456789000:role/Host'],
  ])('says who lacks what on which role, and the statement that would allow it: %s', (caller, principal) => {
    const error = explain({
      name: 'AccessDenied',
      message: `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    });
    const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' };
    expect(error).toMatchObject({ code: 'access_denied', message: `${principal} may not assume the role Deployer.` });
    expect(error.hint).toContain(`the trust policy of ${roleArn}`);
    expect(error.hint).toContain(JSON.stringify(statement));
    expect(error.hint).toContain(`a policy of ${principal} must allow sts:AssumeRole on ${roleArn}`);
    expect(JSON.parse(error.trustStatement ?? '')).toEqual(statement);
  });

  it('names the role where AWS does not say who asked', () => {
    const error = explain({ name: 'AccessDenied', message: 'Access denied' });
    expect(error.message).toContain('the role Deployer');
    expect(error.hint).toContain(roleArn);
    expect(error.trustStatement).toBeUndefined();
  });

  it.each([
    [{ name: 'ExpiredTokenException' }, 'access_denied', 'The credentials of the profile dev have expired.'],
    [{ name: 'InvalidClientTokenId' }, 'access_denied', 'AWS does not know the access key of the profile dev.'],
    [{ name: 'SignatureDoesNotMatch' }, 'access_denied', 'AWS refuses the signature made with the profile dev.'],
    [{ name: 'CredentialsProviderError' }, 'access_denied', 'There are no usable credentials in the profile dev.'],
    [{ name: 'RegionDisabledException' }, 'aws', 'STS is not activated in this region.'],
    [
      { name: 'ValidationError', message: 'The  requested\nDuration' },
      'aws',
      'STS refuses the request: The requested Duration',
    ],
    [{ code: 'ENOTFOUND' }, 'unavailable', 'STS cannot be reached.'],
    [{ name: 'TimeoutError' }, 'unavailable', 'STS cannot be reached.'],
    [{ name: 'SomethingNew', message: '' }, 'aws', 'AssumeRole failed: AWS gave no reason.'],
  ])('says what went wrong, and what to do: %j', (thrown, code, message) => {
    const error = explain(thrown);
    expect(error).toMatchObject({ code, message });
    expect(error.hint).toMatch(/^[A-Z].*[^:]$/);
  });
});
