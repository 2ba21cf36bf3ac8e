import type { Lock } from '../access/locks.ts';
import type { AccessGrant } from '../access/requests.ts';
import type { Roles, User } from '../access/role.ts';
import type { AppConfig } from '../options.ts';
import { type Kind, kinds, type ResourceDocument } from './document.ts';
import { type AuthPreference, authPreferenceName } from './kinds/auth-preference.ts';
import type { LoadedDocument } from './load-resources.ts';
import { accessGrantsOf, appOf, authPreferenceOf, lockOf, modelsOf, roleOf, userOf } from './models.ts';

/** Where a resource comes from; each goes before those above it. */
export type Origin =
  /** Came with the program (presets, the sandbox's examples), and may be replaced. */
  | 'default'
  /** Made by somebody with a role for it. */
  | 'stored'
  /** A file that the service loads at its start: only whoever has the file can change it. */
  | 'static';

export interface Resource {
  document: ResourceDocument;
  origin: Origin;
  /** Opaque; empty where nothing is stored. */
  revision: string;
  /** The file, of one that is not stored. */
  file?: string;
  /** Why a stored document cannot be used. It was fine when it was written. */
  unreadable?: string;
}

/** All resources as they are now, in the shapes in which they are used. */
export interface ResourceIndex {
  find(kind: Kind, name: string): Resource | undefined;
  /** What is stored, whether or not a file of the operator goes before it. */
  findStored(kind: Kind, name: string): Resource | undefined;
  hasDefault(kind: Kind, name: string): boolean;
  /** By name. */
  list(kind: Kind): Resource[];
  roles(): Roles;
  users(): ReadonlyMap<string, User>;
  apps(): ReadonlyMap<string, AppConfig>;
  locks(): readonly Lock[];
  authPreference(): AuthPreference;
  /** Approved requests for access that are in force, by user. */
  accessGrants(): ReadonlyMap<string, readonly AccessGrant[]>;
  /** Notes what is stored under a name now. */
  setStored(kind: Kind, name: string, resource: Resource | undefined): void;
  /** Forgets all that is stored, before it is noted anew. */
  clearStored(): void;
  /** Puts other documents of the operator in the place of those that it had. */
  setStatics(statics: readonly LoadedDocument[], startApps: readonly AppConfig[]): void;
  /** The documents of the operator, those of the settings included. */
  statics(): Resource[];
  /** When the next resource is gone, or the next access that was asked for ends, by itself; if one ever does. */
  nextExpiry(): number | undefined;
}

type ByName = Map<string, Resource>;
const origins = ['default', 'stored', 'static'] as const;

/** @param startApps apps that are no documents: the sandbox's, whose console is on this machine */
export function createResourceIndex(
  defaults: readonly LoadedDocument[],
  statics: readonly LoadedDocument[],
  startApps: readonly AppConfig[],
  now: () => number,
): ResourceIndex {
  const layers = {
    default: layerOf('default', defaults),
    stored: layerOf('stored', []),
    static: layerOf('static', []),
  };
  const started = new Map<string, AppConfig>();

  // What is in force, and in which shapes; made when it is asked for, and anew after a change of its kind.
  const inForce = new Map<Kind, ByName>();
  const views = new Map<Kind, unknown>();
  let expiry: { at: number | undefined } | undefined;

  function nextExpiry(): number | undefined {
    expiry ??= { at: soonestExpiry(Object.values(layers), now()) };
    return expiry.at;
  }

  function forget(kind: Kind): void {
    inForce.delete(kind);
    views.delete(kind);
    expiry = undefined;
  }

  function all(kind: Kind): ByName {
    if ((nextExpiry() ?? Number.POSITIVE_INFINITY) <= now()) kinds.forEach(forget);
    let names = inForce.get(kind);
    if (!names) {
      const entries = origins.flatMap((origin) => [...layers[origin][kind]]);
      names = new Map(entries.filter(([, resource]) => !isOver(resource, now())));
      inForce.set(kind, names);
    }
    return names;
  }

  /** The same object until something of its kind changes, so that whoever holds on to it can tell. */
  function view<View>(kind: Kind, make: (names: ByName) => View): View {
    const names = all(kind);
    if (!views.has(kind)) views.set(kind, make(names));
    return views.get(kind) as View;
  }

  function setStatics(documents: readonly LoadedDocument[], apps: readonly AppConfig[]): void {
    layers.static = layerOf('static', documents);
    started.clear();
    for (const app of apps) {
      layers.static.app.set(app.name, startApp(app));
      started.set(app.name, app);
    }
    kinds.forEach(forget);
  }
  setStatics(statics, startApps);

  return {
    find: (kind, name) => all(kind).get(name),
    hasDefault: (kind, name) => layers.default[kind].has(name),
    findStored: (kind, name) => layers.stored[kind].get(name),
    list: (kind) => [...all(kind)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource),
    roles: () => view('role', (names) => modelsOf(names, roleOf)),
    users: () => view('user', (names) => modelsOf(names, userOf)),
    apps: () => view('app', (names) => modelsOf(names, (one) => started.get(one.document.metadata.name) ?? appOf(one))),
    locks: () => view('lock', (names) => [...modelsOf(names, lockOf).values()]),
    authPreference: () => view('cluster_auth_preference', (names) => authPreferenceOf(names.get(authPreferenceName))),
    accessGrants: () => view('access_request', (names) => accessGrantsOf(names, now())),
    setStored(kind, name, resource) {
      if (resource) layers.stored[kind].set(name, resource);
      else layers.stored[kind].delete(name);
      forget(kind);
    },
    clearStored() {
      layers.stored = layerOf('stored', []);
      kinds.forEach(forget);
    },
    setStatics,
    statics: () => Object.values(layers.static).flatMap((names) => [...names.values()]),
    nextExpiry,
  };
}

function layerOf(origin: Origin, documents: readonly LoadedDocument[]): Record<Kind, ByName> {
  const layer = Object.fromEntries(kinds.map((kind): [Kind, ByName] => [kind, new Map()])) as Record<Kind, ByName>;
  for (const { document, file } of documents) {
    layer[document.kind].set(document.metadata.name, { document, origin, file, revision: '' });
  }
  return layer;
}

function startApp({ name, description, labels, uri, externalId }: AppConfig): Resource {
  const document: ResourceDocument = {
    kind: 'app',
    version: 'v3',
    metadata: { name, description, labels: { ...labels } },
    spec: { uri, ...(externalId !== undefined && { aws: { external_id: externalId } }) },
  };
  return { document, origin: 'static', revision: '', file: 'the settings that the service was started with' };
}

function expiryOf({ document }: Resource): number | undefined {
  const { expires } = document.metadata;
  return expires === undefined ? undefined : Date.parse(expires);
}

/** When a request lapses, or the access that it gives ends. */
function accessEndOf({ document: { kind, spec } }: Resource): number | undefined {
  return kind === 'access_request' && typeof spec['expires'] === 'string' ? Date.parse(spec['expires']) : undefined;
}

function isOver(resource: Resource, now: number): boolean {
  const expiry = expiryOf(resource);
  return expiry !== undefined && expiry <= now;
}

function soonestExpiry(layers: readonly Record<Kind, ByName>[], now: number): number | undefined {
  const all = layers.flatMap((layer) => Object.values(layer)).flatMap((names) => [...names.values()]);
  const times = all
    .flatMap((one) => [expiryOf(one), accessEndOf(one)])
    .filter((time): time is number => time !== undefined && time > now);
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}
