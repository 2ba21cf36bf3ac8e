import { isDeepStrictEqual } from 'node:util';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import { type Actor, mayWrite, requireVerb } from '../access/actor.ts';
import type { Backend } from '../backend/backend.ts';
import { type Problem, problemsError } from '../config/problem.ts';
import type { Log } from '../log.ts';
import type { AppConfig } from '../options.ts';
import { type Kind, kinds, type ResourceDocument } from './document.ts';
import { type Follower, followStore } from './follow-store.ts';
import { createResourceIndex, type Resource, type ResourceIndex } from './index.ts';
import type { LoadedDocument } from './load-resources.ts';
import type { PlaceOf } from './places.ts';
import {
  changedMeanwhile,
  fromFile,
  noSuchResource,
  type PlannedWrite,
  planWrites,
  referenceProblems,
  unredactedName,
  type WriteMode,
} from './plan.ts';
import { presetRoles } from './presets.ts';
import { type ResourceFile, readDocuments } from './read-documents.ts';
import { redactedName } from './redacted.ts';
import { referencesTo } from './references.ts';
import { redact, redactChange } from './secrets.ts';
import { resourceKey, toEntry } from './stored.ts';

/** What became of a document. */
export interface Written {
  kind: Kind;
  name: string;
  action: 'created' | 'updated' | 'unchanged';
}

/** A change that has been made, with its secrets taken out, for the audit log. */
export interface ResourceChange {
  actor: string;
  action: 'created' | 'updated' | 'deleted';
  kind: Kind;
  name: string;
  before: ResourceDocument | undefined;
  after: ResourceDocument | undefined;
  /** How it came about, where it was nobody's call. */
  reason?: string;
}

export interface ShowOptions {
  name?: string | undefined;
  withSecrets?: boolean;
  /** Their names as they are shown, unless told. */
  placeOf?: PlaceOf;
}

export interface ShownResource extends Resource {
  place: string;
}

type Readable = Omit<ResourceIndex, 'setStored' | 'clearStored' | 'setStatics' | 'statics' | 'findStored'>;

/** All resources: those that came with the start, and those in the store. Whoever sees or changes them needs a role. */
export interface Resources extends Readable {
  /**
   * Resources of a kind as they are shown, in the order of their places; or the one that is named.
   *
   * @throws RolegateError `not_found`, `access_denied`
   */
  show(actor: Actor, kind: Kind, options: ShowOptions): ShownResource[];
  /**
   * Writes documents. All are checked before the first is written.
   *
   * @throws RolegateError `bad_input` with everything that is wrong and where; `conflict` when something has changed
   *   in the meantime, is there already or comes from a file; `not_found`; `access_denied`
   */
  write(actor: Actor, files: readonly ResourceFile[], mode: WriteMode): Promise<Written[]>;
  /**
   * What {@link write} would find wrong with a text, whoever may write it.
   *
   * @throws RolegateError `access_denied` for whoever may write nothing of what is in it
   */
  check(actor: Actor, file: ResourceFile): Problem[];
  /** What {@link write} would write, after all of its checks; it throws the same. Nothing is changed. */
  plan(actor: Actor, files: readonly ResourceFile[], mode: WriteMode): PlannedWrite[];
  /**
   * Deletes a stored resource. A default of the same name is then in force again.
   *
   * @throws RolegateError `not_found`, `conflict`, `access_denied`
   */
  remove(actor: Actor, kind: Kind, name: string, revision?: string): Promise<void>;
  /**
   * Writes a document that the service itself has made, for whoever the caller has found entitled. The caller writes
   * it down.
   *
   * @param revision of the document that it replaces; none for a new one
   * @returns false, changing nothing, when that is not there as it was read (any more)
   */
  writeOwn(document: ResourceDocument, revision?: string): Promise<boolean>;
  /**
   * Writes a user whom a sign-on provider vouches for, if nothing has changed since `before` was found.
   *
   * @param by who is written down as the one who did it
   * @throws RolegateError `conflict` when it has
   */
  provision(by: string, document: ResourceDocument, before: Resource | undefined): Promise<void>;
  /**
   * Takes other documents of the operator instead of those of the start, and writes down what that changes.
   *
   * @returns how many documents are new, changed or gone
   */
  reload(statics: readonly LoadedDocument[], apps: readonly AppConfig[]): Promise<number>;
  /** Tells of every change, of this process or another, once the new state is in force. */
  onChange: Follower['onChange'];
  close(): void;
}

export interface ResourcesOptions {
  backend: Backend;
  /** What the program brings along beside its presets; may be replaced. */
  defaults: readonly LoadedDocument[];
  /** The operator's files; may not be replaced. */
  statics: readonly LoadedDocument[];
  apps: readonly AppConfig[];
  /** Told of every change before it is acknowledged. */
  record: (change: ResourceChange) => Promise<void>;
  log: Log;
  now: () => number;
}

const attempts = 5;

/** Loads what is stored, and follows the store from then on. */
export async function openResources(options: ResourcesOptions): Promise<Resources> {
  const { backend, record } = options;
  const index = createResourceIndex([...presetRoles, ...options.defaults], options.statics, options.apps, options.now);
  const follower = await followStore(backend, index, options.log);

  async function writeOne({ actor, mode }: { actor: Actor; mode: WriteMode }, planned: PlannedWrite): Promise<Written> {
    const { document, revision } = planned;
    const { kind, metadata } = document;
    const { name } = metadata;
    for (let attempt = 1; ; attempt += 1) {
      const stored = index.findStored(kind, name);
      const before = (stored ?? index.find(kind, name))?.document;
      if (stored && isDeepStrictEqual(before, document))
        return { kind, name: shownName(kind, name), action: 'unchanged' };
      const entry = toEntry(document);
      const done = stored ? await backend.compareAndSwap(entry, stored.revision) : await backend.create(entry);
      await follower.refresh([{ kind, name }]);
      if (done !== undefined) {
        const action = before ? 'updated' : 'created';
        const change = redactChange(before, document);
        await record({ actor: actor.name, action, kind, name: shownName(kind, name), ...change });
        return { kind, name: shownName(kind, name), action };
      }
      // Somebody else was quicker. Who said what they had read must read again; the others meant whatever is there.
      if (revision !== undefined || mode === 'create' || attempt === attempts)
        throw changedMeanwhile(kind, shownName(kind, name));
    }
  }

  function plan(actor: Actor, files: readonly ResourceFile[], mode: WriteMode): PlannedWrite[] {
    const { documents, problems } = readDocuments(files);
    if (problems.length > 0) throw problemsError(problems);
    if (documents.length === 0) {
      const names = files.map(({ file }) => file).join(', ');
      throw new RolegateError('bad_input', `There is no document in ${names}.`);
    }
    return planWrites(actor, documents, mode, index);
  }

  return {
    ...index,
    show(actor, kind, { name, withSecrets = false, placeOf = (real) => shownName(kind, real) }) {
      requireVerb(actor, withSecrets ? 'read' : 'readnosecrets', kind);
      if (name === undefined) requireVerb(actor, 'list', kind);
      const found = name === undefined ? index.list(kind) : [index.find(kind, unredactedName(kind, name, index))];
      const shown = found.map((resource) => {
        if (!resource) throw noSuchResource(kind, name ?? '', index);
        const document = withSecrets ? resource.document : redact(resource.document);
        return { ...withRevision({ ...resource, document }), place: placeOf(resource.document.metadata.name) };
      });
      return shown.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
    },

    check(actor, file) {
      const { documents, problems } = readDocuments([file]);
      // Who may not write learns nothing, not even which names there are.
      const named = documents.map(({ document }) => document.kind);
      const refused = named.find((kind) => !mayWrite(actor, kind));
      if (refused !== undefined) requireVerb(actor, 'update', refused);
      if (!kinds.some((kind) => mayWrite(actor, kind))) requireVerb(actor, 'update', 'role');
      return [...problems, ...referenceProblems(documents, index)];
    },

    plan,

    async write(actor, files, mode) {
      const written: Written[] = [];
      for (const planned of plan(actor, files, mode)) {
        try {
          written.push(await writeOne({ actor, mode }, planned));
        } catch (error) {
          throw afterOthers(error, written);
        }
      }
      return written;
    },

    async writeOwn(document, revision) {
      const entry = toEntry(document);
      const done = await (revision === undefined ? backend.create(entry) : backend.compareAndSwap(entry, revision));
      await follower.refresh([{ kind: document.kind, name: document.metadata.name }]);
      return done !== undefined;
    },

    async remove(actor, kind, shown, revision) {
      requireVerb(actor, 'delete', kind);
      const name = unredactedName(kind, shown, index);
      const existing = index.find(kind, name);
      if (!existing) throw noSuchResource(kind, shown, index);
      if (existing.origin === 'static') throw fromFile(kind, shown, existing);
      if (existing.origin === 'default') {
        throw new RolegateError('conflict', `The ${kind} ${shown} comes with Rolegate and cannot be deleted.`, {
          hint: 'It can be replaced by one of your own.',
        });
      }
      if (revision !== undefined && revision !== existing.revision) throw changedMeanwhile(kind, shown);
      if (kind === 'user' && name === actor.name) {
        throw new RolegateError('conflict', 'You cannot delete yourself.', { hint: 'Another administrator can.' });
      }
      if (!index.hasDefault(kind, name)) requireUnused(kind, name, index);
      const done = await backend.delete(resourceKey(kind, name), existing.revision);
      await follower.refresh([{ kind, name }]);
      if (!done) throw changedMeanwhile(kind, shown);
      const change = redactChange(existing.document, undefined);
      await record({ actor: actor.name, action: 'deleted', kind, name: shownName(kind, name), ...change });
    },

    async provision(by, document, before) {
      const { kind, metadata } = document;
      const mode = before ? 'update' : 'create';
      const revision = before?.revision;
      if (index.find(kind, metadata.name)?.revision !== revision) throw changedMeanwhile(kind, metadata.name);
      await writeOne({ actor: { name: by, roles: [] }, mode }, { document, existing: before, revision });
    },

    async reload(statics, apps) {
      const before = index.statics();
      let changes: StaticChange[] = [];
      await follower.change(() => {
        index.setStatics(statics, apps);
        changes = staticChanges(before, index.statics());
        return [...new Set(changes.map(({ kind }) => kind))];
      });
      for (const { kind, name, ...documents } of changes) {
        const action = !documents.before ? 'created' : documents.after ? 'updated' : 'deleted';
        const change = redactChange(documents.before, documents.after);
        const reason = 'the files of the operator were read again';
        await record({ actor: '', action, kind, name: shownName(kind, name), ...change, reason });
      }
      return changes.length;
    },

    onChange: follower.onChange,
    close: follower.stop,
  };
}

type StaticChange = Pick<ResourceChange, 'kind' | 'name' | 'before' | 'after'>;

function staticChanges(before: readonly Resource[], after: readonly Resource[]): StaticChange[] {
  const idOf = ({ document: { kind, metadata } }: Resource) => `${kind}/${metadata.name}`;
  const olds = new Map(before.map((one) => [idOf(one), one.document]));
  const news = new Map(after.map((one) => [idOf(one), one.document]));
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((id) => {
    const [old, now] = [olds.get(id), news.get(id)];
    const { kind, metadata } = (now ?? old) as ResourceDocument;
    return isDeepStrictEqual(old, now) ? [] : [{ kind, name: metadata.name, before: old, after: now }];
  });
}

function withRevision(resource: Resource): Resource {
  if (resource.revision === '') return resource;
  const { document, revision } = resource;
  return { ...resource, document: { ...document, metadata: { ...document.metadata, revision } } };
}

/** The name of a token is a secret. */
export function shownName(kind: Kind, name: string): string {
  return kind === 'token' ? redactedName(name) : name;
}

function requireUnused(kind: Kind, name: string, index: ResourceIndex): void {
  const users = referencesTo(kind, name, index);
  if (users.length === 0) return;
  const shown = users.length > 5 ? [...users.slice(0, 5), `${users.length - 5} more`] : users;
  throw new RolegateError('conflict', `The ${kind} ${name} is in use by ${shown.join(', ')}.`, {
    hint: 'Take it away from them first.',
  });
}

/** Documents are written one by one: whoever gets an error must know which of them are in. */
function afterOthers(error: unknown, written: readonly Written[]): unknown {
  const done = written.filter(({ action }) => action !== 'unchanged');
  if (done.length === 0 || !(error instanceof RolegateError)) return error;
  const names = done.map(({ kind, name }) => `${kind}/${name}`).join(', ');
  const data = toErrorData(error);
  return RolegateError.fromData({ ...data, hint: `${data.hint ?? ''} Written before that: ${names}.`.trim() });
}
