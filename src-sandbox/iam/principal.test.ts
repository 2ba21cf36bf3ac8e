import { describe, expect, it } from 'vitest';
import { findRole, roles } from './account.ts';
import { allow, statement } from './policy.ts';
import { assumedRole, denialOf, servicePrincipal } from './principal.ts';

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
    const narrowed = assumedRole(alice(), 'alice', allow(['dynamodb:GetItem', 'dynamodb:PutItem']));
    expect(denialOf(narrowed, 'dynamodb:GetItem', table)).toBeUndefined();
    expect(denialOf(narrowed, 'dynamodb:Scan', table)).toMatch(/because no session policy allows the dynamodb:Scan/);
    expect(denialOf(narrowed, 'dynamodb:PutItem', table)).toMatch(/because no identity-based policy allows/);
    const forbidden = assumedRole(alice(), 'alice', [...allow(['*']), statement('Deny', ['dynamodb:Scan'])]);
    expect(denialOf(forbidden, 'dynamodb:Scan', table)).toMatch(/with an explicit deny in a session policy$/);
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
