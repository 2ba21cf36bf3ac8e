import type { LabelMatchers } from './labels.ts';
import type { TraitSources, Traits } from './template.ts';

/** One side of a role, with its version's defaults filled in. */
export interface RoleConditions {
  app_labels: LabelMatchers;
  aws_role_arns: readonly string[];
  /** What the role's users may do with resources. */
  rules: readonly ResourceRule[];
  /** What its users may ask for. */
  request?: RequestConditions;
  /** Which requests its users may decide on. */
  review?: RequestConditions;
}

/** IAM roles of some apps that can be asked for, or whose requests can be decided on. */
export interface RequestConditions {
  app_labels: LabelMatchers;
  aws_role_arns: readonly string[];
  /** The longest time that can be asked for, in milliseconds. */
  maxDuration?: number | undefined;
}

export interface ResourceRule {
  resources: readonly string[];
  verbs: readonly string[];
}

/** How far a chained role may lead; each goes further than the one before. */
export const chainedRoleModes = ['deny', 'listed', 'allow'] as const;
export type ChainedRoleMode = (typeof chainedRoleModes)[number];

export interface RoleOptions {
  /** Milliseconds. */
  maxSessionTtl: number | undefined;
  readOnly: boolean;
  /** Session tags by key; values may be templates. */
  sessionTags: Readonly<Record<string, string>>;
  /** `true` for the user's name, or a template. */
  sourceIdentity: boolean | string;
  requireSessionMfa: boolean;
  chainedRoles: ChainedRoleMode;
  /** Signing names with which requests may go to hosts that customers of AWS answer on (`execute-api`, `es`, …). */
  customerHosts: readonly string[];
  /** Whether calls may be made whose answers hold credentials, tokens or passwords. */
  credentialCalls: boolean;
  /** Whether entries of `aws_role_arns` may be patterns. */
  roleGlobs: boolean;
}

export const defaultRoleOptions: RoleOptions = {
  maxSessionTtl: undefined,
  readOnly: false,
  sessionTags: {},
  sourceIdentity: false,
  requireSessionMfa: false,
  chainedRoles: 'listed',
  customerHosts: [],
  credentialCalls: true,
  roleGlobs: false,
};

/** A role as decisions use it. */
export interface Role {
  name: string;
  allow: RoleConditions;
  deny: RoleConditions;
  options: RoleOptions;
  /** Why the role cannot be read, where it cannot: it then denies everything, since it might have denied this. */
  unreadable?: string;
}

export interface User {
  name: string;
  roles: readonly string[];
  /** Traits of the user's document. */
  traits: Traits;
  /** What a sign-on provider said at the login; `external` only. */
  claims?: Traits;
  /** The connector by which the user signs on; absent for local users. */
  connector?: { kind: 'oidc' | 'saml' | 'github'; name: string; subject?: string | undefined };
}

/** Where the templates of a user's roles look: what an administrator wrote goes before what a provider claims. */
export function traitSources({ traits, claims }: User): TraitSources {
  return { internal: traits, external: claims ? { ...claims, ...traits } : traits };
}

/** Roles by name. */
export type Roles = ReadonlyMap<string, Role>;

/** A user's roles, in the user's order. A name that stands for no role grants nothing. */
export function rolesOf(user: User, roles: Roles): Role[] {
  return [...new Set(user.roles)].map((name) => roles.get(name)).filter((role) => role !== undefined);
}
