import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { LoginGrant } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { mayAdminister } from '../access/admin.ts';
import type { Catalog } from '../access/catalog.ts';
import { rolesOf, type User } from '../access/role.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Passkeys } from '../auth/passkeys/store.ts';
import type { Passwords } from '../auth/passwords.ts';
import { newTotpSecret, type SecondFactors } from '../auth/second-factors.ts';
import type { Backend, StoredEntry } from '../backend/backend.ts';
import { name as nameSchema, type ResourceDocument } from '../resources/document.ts';
import { rolesNamedBy } from '../resources/references.ts';
import type { Resources } from '../resources/resources.ts';
import type { RecordEvent } from './recorder.ts';

/** Why an invitation of a first administrator is good no more. */
export type InvitationEnd = 'used' | 'replaced' | 'expired';

/** Lets whoever holds its token become the first administrator, once and until a time. */
export interface FirstInvitation {
  token: string;
  expiresAt: number;
  /** Resolves when it is good no more, as far as this process can tell. */
  over: Promise<InvitationEnd>;
}

/** How a cluster that nobody can administer gets somebody who can. */
export interface FirstAdministrator {
  /**
   * Makes the invitation, unless somebody who may administer can log in already. One of before, of this process or of
   * another replica, is void from then on: there is one at most.
   */
  invite(): Promise<FirstInvitation | undefined>;
  /** The invitation that a token is, with the authenticator secret that is offered along. */
  find(token: string): Promise<{ expiresAt: number; totpSecret: string } | undefined>;
  /**
   * Uses the invitation: makes the user who administers, or lets one that the operator's files name choose a password.
   *
   * @throws RolegateError `not_found` when it is good no more; `conflict` for a name that is somebody's; `access_denied`
   *   for a wrong code
   */
  accept(token: string, chosen: Chosen): Promise<LoginGrant>;
  close(): void;
}

interface Chosen {
  user: string;
  password: string;
  code?: string | undefined;
}

export interface FirstAdministratorParts {
  backend: Backend;
  resources: Resources;
  catalog: Pick<Catalog, 'requireUser'>;
  passwords: Passwords;
  secondFactors: SecondFactors;
  passkeys: Passkeys;
  audit: AuditSink;
  record: RecordEvent;
  grant: (user: string) => Promise<LoginGrant>;
  now: () => number;
}

const key = 'first-administrator/invitation';
const lifetime = 3_600_000;
/** What the first administrator gets. Who may change users can give themselves any other role. */
const roles = ['editor', 'auditor'];

const stored = z.object({ hash: z.string().regex(/^[\w-]{43}$/), expiresAt: z.number(), totpSecret: z.string() });

export function createFirstAdministrator(parts: FirstAdministratorParts): FirstAdministrator {
  const { backend, resources, catalog, passwords, secondFactors, passkeys, audit, record, grant, now } = parts;
  const endings = new Set<() => void>();

  function administers(user: User): boolean {
    const own = rolesOf(user, resources.roles());
    return (['user', 'role'] as const).some((kind) => mayAdminister(own, kind, 'update').allowed);
  }

  async function canLogIn({ name, connector }: User): Promise<boolean> {
    if (isLocked(name)) return false;
    if (connector) return true;
    return (await passwords.has(name)) || (await passkeys.of(name)).length > 0;
  }

  /** Locks keep out; one in the operator's files is the way back in when the only administrator's password is lost. */
  function isLocked(name: string): boolean {
    try {
      catalog.requireUser(name);
      return false;
    } catch {
      return true;
    }
  }

  /** Whether a provider's mapping leads to a role that administers: then whoever it names is the administrator. */
  function comesBySignOn(): boolean {
    return (['oidc', 'saml', 'github'] as const)
      .flatMap((kind) => resources.list(kind))
      .some(({ document }) => administers({ name: '', roles: rolesNamedBy(document), traits: {} }));
  }

  async function isNeeded(): Promise<boolean> {
    if (!resources.authPreference().localAuth || comesBySignOn()) return false;
    for (const user of resources.users().values()) {
      if (administers(user) && (await canLogIn(user))) return false;
    }
    return true;
  }

  async function entryOf(token: string): Promise<(StoredEntry & { value: z.infer<typeof stored> }) | undefined> {
    const entry = await backend.get(key);
    const value = stored.safeParse(entry?.value).data;
    if (!entry || !value || value.expiresAt <= now()) return undefined;
    const isSame = timingSafeEqual(Buffer.from(value.hash, 'base64url'), Buffer.from(hashOf(token), 'base64url'));
    return isSame ? { ...entry, value } : undefined;
  }

  /** Resolves once the token is good no more: another one took its place, it was used, or its time is over. */
  function whenOver(token: string, expiresAt: number): Promise<InvitationEnd> {
    return new Promise((resolve) => {
      const end = (why: InvitationEnd) => {
        stop();
        resolve(why);
      };
      const look = async () => {
        if (await entryOf(token)) return;
        const there = await backend.get(key);
        end(now() >= expiresAt ? 'expired' : there ? 'replaced' : 'used');
      };
      const unwatch = backend.watch(key, () => void look().catch(() => undefined));
      const timer = setTimeout(() => end('expired'), expiresAt - now());
      timer.unref();
      const stop = () => {
        unwatch();
        clearTimeout(timer);
        endings.delete(stop);
      };
      endings.add(stop);
      // Another replica may have been quicker than the watching.
      look().catch(() => undefined);
    });
  }

  /** The user of a name, if it can be the one who administers. @throws RolegateError for a name that cannot, or is locked */
  function requireName(name: string): User | undefined {
    if (!nameSchema.safeParse(name).success) {
      throw new RolegateError('bad_input', 'This cannot be a user name.', {
        hint: 'It has no spaces at its ends, and 256 characters at most.',
      });
    }
    const existing = resources.users().get(name);
    if (existing) catalog.requireUser(name);
    if (!existing || (administers(existing) && !existing.connector)) return existing;
    throw new RolegateError('conflict', `There is a user ${name} already, who does not administer this cluster.`, {
      hint: 'Choose another name.',
    });
  }

  async function makeUser(name: string): Promise<void> {
    const metadata = { name, description: 'The first administrator' };
    const document: ResourceDocument = { kind: 'user', version: 'v2', metadata, spec: { roles, traits: {} } };
    if (!(await resources.writeOwn(document))) {
      await Promise.all([passwords.remove(name), secondFactors.remove(name)]);
      throw new RolegateError('conflict', `A user ${name} has just been made by somebody else.`, {
        hint: 'Start the service again for another invitation.',
      });
    }
    const resource = { kind: 'user', name, before: undefined, after: document };
    await audit.recordDurably({
      event: 'resource.created',
      time: now(),
      user: name,
      success: true,
      reason: 'the invitation of the first administrator',
      resource,
    });
  }

  return {
    async invite() {
      if (!(await isNeeded())) {
        await backend.delete(key);
        return undefined;
      }
      const token = randomBytes(32).toString('base64url');
      const expiresAt = now() + lifetime;
      await backend.put({ key, value: { hash: hashOf(token), expiresAt, totpSecret: newTotpSecret() }, expiresAt });
      const reason = `good until ${new Date(expiresAt).toISOString()}`;
      await audit.recordDurably({ event: 'first_administrator.invited', time: now(), user: '', success: true, reason });
      return { token, expiresAt, over: whenOver(token, expiresAt) };
    },

    find: async (token) => (await entryOf(token))?.value,

    async accept(token, { user, password, code }) {
      const existing = requireName(user);
      const invitation = await entryOf(token);
      // Somebody may have come to administer in the meantime, by other ways than this.
      if (!invitation || !(await isNeeded())) throw notGood();
      if (code !== undefined && !(await secondFactors.enrol(user, invitation.value.totpSecret, code))) {
        throw new RolegateError('access_denied', 'The code is wrong.', {
          hint: 'Check that the clock of the device with the authenticator is right.',
        });
      }
      if (!(await backend.delete(key, invitation.revision))) throw notGood();
      // The password first: whoever administers and cannot log in would be of no use if this process ended here.
      await passwords.set(user, password);
      record('password.set', user, true, { reason: 'first administrator' });
      if (!existing) await makeUser(user);
      return grant(user);
    },

    close() {
      for (const stop of endings) stop();
    },
  };
}

function notGood(): RolegateError {
  return new RolegateError('not_found', 'This invitation is not valid: it was used already, or its time is over.', {
    hint: 'The service makes another one at its next start, while nobody administers it.',
  });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
