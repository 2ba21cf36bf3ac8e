import { describe, expect, it } from 'vitest';
import { filterRoles } from './filter-roles.ts';

const role = (accountId: string, path: string, name: string) => ({
  arn: `arn:aws:iam::${accountId}:role${path}${name}`,
  name,
  path,
  accountId,
  partition: 'aws',
});
const roles = [role('111111111111', '/', 'ReadOnly'), role('222222222222', '/team-a/', 'Admin')];

describe('filterRoles', () => {
  it.each([
    ['', ['ReadOnly', 'Admin']],
    ['  ', ['ReadOnly', 'Admin']],
    ['readonly', ['ReadOnly']],
    ['team-a', ['Admin']],
    ['2222 admin', ['Admin']],
    ['1111 admin', []],
  ])('%j finds %j', (search, names) => {
    expect(filterRoles(roles, search).map((found) => found.name)).toEqual(names);
  });
});
