import { defaultRoleOptions, type Role, type RoleConditions, type RoleOptions, type Roles } from '../access/role.ts';

export const exampleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
export const aliceArn = 'arn:aws:iam::123456789000:role/role_for_alice';
export const bobArn = 'arn:aws:iam::123456789000:role/role_for_bob';
export const anyApp = { '*': ['*'] };

/** A role for tests of decisions, of which only what matters is said. */
export function makeRole(
  name: string,
  part: { allow?: Partial<RoleConditions>; deny?: Partial<RoleConditions>; options?: Partial<RoleOptions> },
): Role {
  const empty: RoleConditions = { app_labels: {}, aws_role_arns: [], rules: [] };
  return {
    name,
    allow: { ...empty, ...part.allow },
    deny: { ...empty, ...part.deny },
    options: { ...defaultRoleOptions, ...part.options },
  };
}

/** A role that allows these ARNs through every app. */
export function allowing(name: string, arns: readonly string[], options: Partial<RoleOptions> = {}): Role {
  return makeRole(name, { allow: { app_labels: anyApp, aws_role_arns: arns }, options });
}

export function rolesByName(roles: readonly Role[]): Roles {
  return new Map(roles.map((role) => [role.name, role]));
}
