import type { AccessState } from '../access/preview.ts';
import type { ResourceDocument } from './document.ts';
import type { ResourceIndex } from './index.ts';
import { appOf, lockOf, roleOf, userOf } from './models.ts';

type Models = Pick<ResourceIndex, 'roles' | 'users' | 'apps' | 'locks' | 'accessGrants'>;

/** What decisions stand on now. */
export function accessNow(resources: Models): AccessState {
  return {
    roles: resources.roles(),
    users: resources.users(),
    apps: resources.apps(),
    locks: resources.locks(),
    accessGrants: resources.accessGrants(),
  };
}

/** What decisions would stand on after these documents were written; what they leave alone is the same object. */
export function accessAfter(resources: Models, documents: readonly ResourceDocument[]): AccessState {
  const now = accessNow(resources);
  const of = (kind: string) => documents.filter((document) => document.kind === kind).map(asStored);
  const locks = of('lock').map(lockOf);
  return {
    // Requests are decided, not written by hand: what they grant stays.
    accessGrants: now.accessGrants,
    roles: withModels(now.roles, of('role').map(roleOf)),
    users: withModels(now.users, of('user').map(userOf)),
    apps: withModels(now.apps, of('app').map(appOf)),
    locks: [...now.locks.filter(({ name }) => !locks.some((lock) => lock.name === name)), ...locks],
  };
}

function asStored(document: ResourceDocument) {
  return { document, origin: 'stored', revision: '' } as const;
}

function withModels<Model extends { name: string }>(
  models: ReadonlyMap<string, Model>,
  written: readonly (Model | undefined)[],
): ReadonlyMap<string, Model> {
  const known = written.filter((model) => model !== undefined);
  return known.length === 0
    ? models
    : new Map([...models, ...known.map((model): [string, Model] => [model.name, model])]);
}
