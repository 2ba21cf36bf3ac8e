import { nearestName } from '../config/nearest-name.ts';
import type { Finding, Kind, ResourceDocument } from './document.ts';
import type { ResourceIndex } from './index.ts';

/** Looks up what there is: what is in force, and what is being written together. */
export type Exists = (kind: Kind, name: string) => boolean;

/** What a document names that is not there. */
export function missingReferences(
  document: ResourceDocument,
  exists: Exists,
  names: (kind: Kind) => string[],
): Finding[] {
  return references(document).flatMap(({ kind, name, path }) => {
    if (exists(kind, name)) return [];
    const near = nearestName(name, names(kind));
    return [{ path, message: `There is no ${kind} ${name}.${near === undefined ? '' : ` Did you mean ${near}?`}` }];
  });
}

/** The resources in force that name this one: it must not go while they do. */
export function referencesTo(kind: Kind, name: string, index: ResourceIndex): string[] {
  const naming: Kind[] = ['user', 'oidc', 'saml', 'github', 'cluster_auth_preference'];
  return naming
    .flatMap((one) => index.list(one))
    .filter(({ document }) => references(document).some((one) => one.kind === kind && one.name === name))
    .map(({ document }) => `${document.kind}/${document.metadata.name}`);
}

/** The roles that a document names; those that are made from a claim are not known. */
export function rolesNamedBy(document: ResourceDocument): string[] {
  return references(document).flatMap(({ kind, name }) => (kind === 'role' ? [name] : []));
}

interface Reference {
  kind: Kind;
  name: string;
  path: (string | number)[];
}

function references({ kind, spec }: ResourceDocument): Reference[] {
  switch (kind) {
    case 'user':
      return roles(spec['roles'], ['spec', 'roles']);
    case 'oidc':
      return mappedRoles(spec, 'claims_to_roles');
    case 'saml':
      return mappedRoles(spec, 'attributes_to_roles');
    case 'github':
      return mappedRoles(spec, 'teams_to_roles');
    case 'cluster_auth_preference': {
      const { type, connector_name: name } = spec as { type?: Kind | 'local'; connector_name?: string };
      if (type === undefined || type === 'local' || name === undefined) return [];
      return [{ kind: type, name, path: ['spec', 'connector_name'] }];
    }
    default:
      return [];
  }
}

function mappedRoles(spec: Record<string, unknown>, field: string): Reference[] {
  const mappings = (spec[field] ?? []) as { roles: string[] }[];
  return mappings.flatMap((mapping, index) => roles(mapping.roles, ['spec', field, index, 'roles']));
}

/** A name with `$1` in it is made from a claim, and known only then. */
function roles(names: unknown, path: (string | number)[]): Reference[] {
  return ((names ?? []) as string[]).flatMap((name, index) =>
    name.includes('$') ? [] : [{ kind: 'role' as const, name, path: [...path, index] }],
  );
}
