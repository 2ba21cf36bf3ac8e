import { describe, expect, it } from 'vitest';
import { fullRoleName, parseRoleArn, requireRoleArn, roleArnProblem, withBothColons } from './arn.ts';

describe('role ARNs', () => {
  it('are taken apart, with and without a path, in every partition', () => {
    expect(parseRoleArn('arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole')).toEqual({
      arn: 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole',
      partition: 'aws',
      accountId: '123456789000',
      path: '/',
      name: 'ExampleTeleportDynamoDBRole',
    });
    const inPath = requireRoleArn('arn:aws-us-gov:iam::000000000001:role/team/data/Reader');
    expect(inPath).toMatchObject({ partition: 'aws-us-gov', path: '/team/data/', name: 'Reader' });
    expect(fullRoleName(inPath)).toBe('team/data/Reader');
  });

  it.each([
    'arn:aws:iam::12345678900:role/Short',
    'arn:aws:iam::123456789000:user/Someone',
    'arn:aws:iam::123456789000:role/',
    'arn:aws:iam::123456789000:role/*',
    'arn:aws:iam::123456789000:role/a b',
    'arn:aws:iam::123456789000:role/x\n',
    'arn:nowhere:iam::123456789000:role/X',
    'ExampleTeleportDynamoDBRole',
    '',
  ])('%j is none, and we say why', (text) => {
    expect(parseRoleArn(text)).toBeUndefined();
    expect(roleArnProblem(text)?.message).toBeTruthy();
    expect(() => requireRoleArn(text)).toThrow();
  });

  it('with one colon too few are corrected, also in templates', () => {
    expect(withBothColons('arn:aws:iam:123456789000:role/role_for_alice')).toBe(
      'arn:aws:iam::123456789000:role/role_for_alice',
    );
    expect(withBothColons('arn:aws:iam:123456789000:role/{{email.local(external.email)}}')).toBe(
      'arn:aws:iam::123456789000:role/{{email.local(external.email)}}',
    );
    expect(withBothColons('arn:aws:iam::123456789000:role/fine')).toBeUndefined();
    expect(roleArnProblem('arn:aws:iam:123456789000:role/role_for_bob')?.corrected).toBe(
      'arn:aws:iam::123456789000:role/role_for_bob',
    );
  });

  it('with the placeholder left in say so', () => {
    expect(roleArnProblem('arn:aws:iam::aws-account-id:role/X')?.message).toContain('placeholder aws-account-id');
  });
});
