import type { Lock } from '../access/locks.ts';
import type { AccessGrant } from '../access/requests.ts';
import type { Role, User } from '../access/role.ts';
import type { AppConfig } from '../options.ts';
import type { ResourceDocument } from './document.ts';
import type { Resource } from './index.ts';
import { type AccessRequestDocument, toAccessGrant } from './kinds/access-request.ts';
import { toApp } from './kinds/app.ts';
import { type AuthPreference, toAuthPreference } from './kinds/auth-preference.ts';
import { toLock } from './kinds/lock.ts';
import { toRole } from './kinds/role.ts';
import { toUser } from './kinds/user.ts';

const known = new WeakMap<ResourceDocument, unknown>();

/** The models of some resources, by name. One document has one model: what was worked out for it stays good. */
export function modelsOf<Model>(
  resources: ReadonlyMap<string, Resource>,
  toModel: (resource: Resource) => Model | undefined,
): ReadonlyMap<string, Model> {
  const models = new Map<string, Model>();
  for (const [name, resource] of resources) {
    const { document } = resource;
    if (!known.has(document)) known.set(document, toModel(resource));
    const model = known.get(document) as Model | undefined;
    if (model !== undefined) models.set(name, model);
  }
  return models;
}

/** A role that cannot be read denies: it might have held a deny rule. */
export function roleOf({ document, unreadable }: Resource): Role {
  if (unreadable === undefined) return toRole(parsed(document));
  const { name } = document.metadata;
  return { ...toRole({ kind: 'role', version: 'v8', metadata: { name }, spec: {} }), unreadable };
}

/** A user that cannot be read is as good as none. */
export function userOf({ document, unreadable }: Resource): User | undefined {
  return unreadable === undefined ? toUser(parsed(document)) : undefined;
}

export function appOf({ document, unreadable }: Resource): AppConfig | undefined {
  return unreadable === undefined ? toApp(parsed(document)) : undefined;
}

/** A lock that cannot be read keeps out whoever can still be told from it. */
export function lockOf({ document, unreadable }: Resource): Lock {
  if (unreadable === undefined) return toLock(parsed(document));
  const target = (document.spec as { target?: Record<string, unknown> } | null)?.target ?? {};
  const texts = Object.entries(target).filter(([, value]) => typeof value === 'string');
  return { name: document.metadata.name, target: Object.fromEntries(texts) };
}

/** Approved requests that are in force, by user. One that cannot be read gives nothing. */
export function accessGrantsOf(resources: ReadonlyMap<string, Resource>, now: number): Map<string, AccessGrant[]> {
  const grants = new Map<string, AccessGrant[]>();
  for (const { document, unreadable } of resources.values()) {
    const request = parsed<AccessRequestDocument>(document);
    const grant = unreadable === undefined ? toAccessGrant(request, now) : undefined;
    if (grant) grants.set(request.spec.user, [...(grants.get(request.spec.user) ?? []), grant]);
  }
  return grants;
}

export function authPreferenceOf(resource: Resource | undefined): AuthPreference {
  return toAuthPreference(resource?.unreadable === undefined ? resource && parsed(resource.document) : undefined);
}

/** Documents have passed their kind's schema before they come here; the kind tells which it was. */
function parsed<Document>(document: ResourceDocument): Document {
  return document as unknown as Document;
}
