import { nearestName } from '../config/nearest-name.ts';
import type { Kind, KindDefinition } from './document.ts';
import { accessRequestKind } from './kinds/access-request.ts';
import { appKind } from './kinds/app.ts';
import { authPreferenceKind } from './kinds/auth-preference.ts';
import { githubKind, oidcKind, samlKind } from './kinds/connectors.ts';
import { lockKind } from './kinds/lock.ts';
import { roleKind } from './kinds/role.ts';
import { tokenKind } from './kinds/token.ts';
import { userKind } from './kinds/user.ts';

/** All kinds of resources, by name. */
export const kindDefinitions = {
  role: roleKind,
  user: userKind,
  app: appKind,
  token: tokenKind,
  oidc: oidcKind,
  saml: samlKind,
  github: githubKind,
  cluster_auth_preference: authPreferenceKind,
  lock: lockKind,
  access_request: accessRequestKind,
} satisfies Record<Kind, unknown>;

/** The definition of a kind, whatever its schema. */
export function kindDefinition(kind: Kind): KindDefinition {
  return kindDefinitions[kind] as unknown as KindDefinition;
}

/** Which kind a text names: `role`, `roles`, `Roles`. @returns undefined, with the nearest name, where none */
export function findKind(text: string): { kind: Kind } | { kind: undefined; near: string | undefined } {
  const wanted = text.toLowerCase();
  const all = Object.values(kindDefinitions);
  const found = all.find(({ kind, plural }) => kind === wanted || plural === wanted);
  if (found) return { kind: found.kind };
  const near = nearestName(
    wanted,
    all.flatMap(({ kind, plural }) => [kind, plural]),
  );
  return { kind: undefined, near };
}
