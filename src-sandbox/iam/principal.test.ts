import { describe, expect, it } from 'vitest';
import { allow, statement } from './policy.ts';
import { assumedRole, denialOf, federatedUser, servicePrincipal } from './principal.ts';
import { findRole, roles } from './roles.ts';

const table = 'arn:aws:dynamodb:us-east-1:123456789000:table/Music';

function alice(policy = findRole('arn:aws:iam::123456789000:role/role_for_alice')) {
  if (!policy) throw new Error('no such role');
  return policy;
}

describe('a session of a role', () => {
  it('is named as AWS names it', () => {
    const principal = assumedRole(alice(), 'alice');
    expect(principal.arn).toBe('arn:aws:sts::123456789000:assumed-role/role_for_alice/alice');
    expect(principal.userId).toMatch(/^AROA[A-Z2-7]{17}:alice$/);
    expect(principal.sessionLabel).toBe('role_for_alice/alice');
  });

  it('may do what its role may, and is denied the rest in the words of AWS', () => {
    const principal = assumedRole(alice(), 'alice');
    expect(denialOf(principal, 'dynamodb:GetItem', table)).toBeUndefined();
    expect(denialOf(principal, 'dynamodb:PutItem', table)).toBe(
      'User: arn:aws:sts::123456789000:assumed-role/role_for_alice/alice is not authorized to perform: ' +
        `dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  it('is narrowed by its session policy and never widened', () => {
    const narrowed = assumedRole(alice(), 'alice', {
      sessionPolicy: allow(['dynamodb:GetItem', 'dynamodb:PutItem']),
    });
    expect(denialOf(narrowed, 'dynamodb:GetItem', table)).toBeUndefined();
    expect(denialOf(narrowed, 'dynamodb:Scan', table)).toMatch(/because no session policy allows the dynamodb:Scan/);
    expect(denialOf(narrowed, 'dynamodb:PutItem', table)).toMatch(/because no identity-based policy allows/);
    const forbidden = assumedRole(alice(), 'alice', {
      sessionPolicy: [...allow(['*']), statement('Deny', ['dynamodb:Scan'])],
    });
    expect(denialOf(forbidden, 'dynamodb:Scan', table)).toMatch(/with an explicit deny in a session policy$/);
  });
});

describe('what a resource allows anybody', () => {
  const open = allow(['s3:GetObject'], ['arn:aws:s3:::open/*']);

  it('is allowed to those whose own policies do not mention it, within their session policy', () => {
    const object = 'arn:aws:s3:::open/a';
    const bob = findRole('arn:aws:iam::123456789000:role/role_for_bob') ?? alice();
    expect(denialOf(assumedRole(bob, 'bob'), 's3:GetObject', object)).toMatch(/no identity-based policy allows/);
    expect(denialOf(assumedRole(bob, 'bob'), 's3:GetObject', object, open)).toBeUndefined();
    expect(denialOf(assumedRole(bob, 'bob'), 's3:PutObject', object, open)).toMatch(/no identity-based policy allows/);
    const narrowed = assumedRole(bob, 'bob', { sessionPolicy: allow(['dynamodb:*']) });
    expect(denialOf(narrowed, 's3:GetObject', object, open)).toMatch(/no session policy allows/);
  });
});

describe('a federated user', () => {
  it('may do what its user may and the policies that were passed allow', () => {
    const role = 'arn:aws:iam::123456789000:role/role_for_bob';
    const nobody = federatedUser(servicePrincipal, 'carol', []);
    expect(nobody).toMatchObject({
      arn: 'arn:aws:sts::123456789000:federated-user/carol',
      userId: '123456789000:carol',
    });
    expect(denialOf(nobody, 'sts:AssumeRole', role)).toMatch(/no session policy allows/);
    const passed = federatedUser(servicePrincipal, 'carol', allow(['*']));
    expect(denialOf(passed, 'sts:AssumeRole', role)).toBeUndefined();
    expect(denialOf(passed, 's3:GetObject', 'arn:aws:s3:::a/b')).toMatch(/no identity-based policy allows/);
  });
});

describe('the account', () => {
  it('lets the service ask for roles and nothing else', () => {
    expect(denialOf(servicePrincipal, 'sts:AssumeRole', roles[0]?.arn ?? '')).toBeUndefined();
    expect(denialOf(servicePrincipal, 'dynamodb:ListTables', table)).toBeDefined();
    expect(denialOf(servicePrincipal, 'sts:AssumeRole', 'arn:aws:iam::999999999999:role/Elsewhere')).toBeDefined();
  });

  it('gives every role an id of its own, the same at every start', () => {
    expect(new Set(roles.map((role) => role.id)).size).toBe(roles.length);
    expect(roles[0]?.id).toBe('AROAZSN246Q3TDVIYH3WF');
  });
});
