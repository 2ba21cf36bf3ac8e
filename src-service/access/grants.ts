import { type ArnSyntax, arnsFor, type UserArns } from './arns.ts';
import { labelsFor, type UserLabels } from './labels.ts';
import {
  type RequestConditions,
  type Role,
  type RoleConditions,
  type Roles,
  rolesOf,
  traitSources,
  type User,
} from './role.ts';
import type { TraitSources } from './template.ts';

/** One side of a role for one user, everything expanded and compiled. */
export interface Side {
  labels: UserLabels;
  arns: UserArns;
  /** What can be asked for. */
  request?: Asking | undefined;
  /** Which requests can be decided on. */
  review?: Asking | undefined;
}

/** Requests for IAM roles of some apps. */
export interface Asking {
  labels: UserLabels;
  arns: UserArns;
}

/** A role for one user. */
export interface Grant {
  role: Role;
  allow: Side;
  deny: Side;
}

const known = new WeakMap<Roles, WeakMap<User, readonly Grant[]>>();

/**
 * A user's roles with all templates expanded. The work is done once for a user: roles and users never change, new
 * ones take their place.
 */
export function grantsOf(user: User, roles: Roles): readonly Grant[] {
  let ofRoles = known.get(roles);
  if (!ofRoles) {
    ofRoles = new WeakMap();
    known.set(roles, ofRoles);
  }
  let grants = ofRoles.get(user);
  if (!grants) {
    const traits = traitSources(user);
    grants = rolesOf(user, roles).map((role) => ({
      role,
      allow: sideOf(role.allow, { any: false, globs: role.options.roleGlobs }, traits),
      deny: sideOf(role.deny, { any: true, globs: role.options.roleGlobs }, traits),
    }));
    ofRoles.set(user, grants);
  }
  return grants;
}

function sideOf({ request, review, ...own }: RoleConditions, syntax: ArnSyntax, traits: TraitSources): Side {
  return {
    ...askingOf(own, syntax, traits),
    ...(request && { request: askingOf(request, syntax, traits) }),
    // Whose requests one decides on may be everybody's; what one asks for is always named.
    ...(review && { review: askingOf(review, { ...syntax, any: true }, traits) }),
  };
}

function askingOf(conditions: RequestConditions, syntax: ArnSyntax, traits: TraitSources): Asking {
  return {
    labels: labelsFor(conditions.app_labels, traits),
    arns: arnsFor(conditions.aws_role_arns, syntax, traits),
  };
}
