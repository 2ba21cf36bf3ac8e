import type { ConnectorId } from '../../src-shared/contracts/sign-on-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Catalog } from '../access/catalog.ts';
import type { Identity } from '../auth/sign-on/connector.ts';
import { name as nameSchema, type ResourceDocument } from '../resources/document.ts';
import type { Resource } from '../resources/index.ts';
import { userOf } from '../resources/models.ts';
import type { Resources } from '../resources/resources.ts';

/** Makes the users that sign-on providers vouch for: documents that end with their login. */
export interface Provisioner {
  /**
   * Whether somebody may come in, before anything is written.
   *
   * @returns the identity with those of its roles that there are
   * @throws RolegateError `access_denied` without any role, or where the name is somebody else's here
   */
  admit(connector: ConnectorId, identity: Identity): Identity;
  /** Writes the user's document. @throws RolegateError as `admit` does */
  provision(connector: ConnectorId, identity: Identity): Promise<void>;
}

export interface ProvisionParts {
  resources: Resources;
  catalog: Pick<Catalog, 'sessionTtl'>;
  now: () => number;
}

const attemptsToWrite = 3;

export function createProvisioner({ resources, catalog, now }: ProvisionParts): Provisioner {
  function requireFree({ kind, name }: ConnectorId, { user, subject }: Identity): Resource | undefined {
    if (!nameSchema.safeParse(user).success) {
      throw refused(`${name} gave a user name that cannot be one here.`, 'It may be too long, or begin with a space.');
    }
    const existing = resources.find('user', user);
    if (!existing) return undefined;
    const owner = userOf(existing)?.connector;
    if (!owner) {
      throw refused(`There is a local user ${user} already.`, 'Log in with the password, or ask your administrator.');
    }
    if (owner.kind !== kind || owner.name !== name) {
      const hint = 'Use that one, or wait until that login has ended.';
      throw refused(`${user} has signed on by ${owner.kind}/${owner.name}.`, hint);
    }
    if (owner.subject !== undefined && owner.subject !== subject) {
      throw refused(`${user} is somebody else at ${name} by now.`, 'Ask your administrator to delete the user here.');
    }
    return existing;
  }

  function admit(connector: ConnectorId, identity: Identity): Identity {
    requireFree(connector, identity);
    const roles = identity.roles.filter((role) => resources.roles().has(role));
    if (roles.length > 0) return { ...identity, roles };
    const { name } = connector;
    if (identity.roles.length > 0) {
      const missing = identity.roles.slice(0, 5).join(', ');
      throw refused(`${identity.user} has no role here.`, `The roles that ${name} maps to do not exist: ${missing}.`);
    }
    const said = Object.keys(identity.claims).slice(0, 20).join(', ') || 'nothing';
    throw refused(`${identity.user} has no role here.`, `No mapping of ${name} matches what it said (${said}).`);
  }

  async function write(connector: ConnectorId, identity: Identity): Promise<void> {
    const before = requireFree(connector, identity);
    const known = before && userOf(before);
    const { kind, name } = connector;
    const { user, subject, claims, roles } = identity;
    const traits = known?.traits ?? {};
    const ends = now() + catalog.sessionTtl({ name: user, roles, traits, claims });
    // Another login of the same person may last longer.
    const expires = Math.max(ends, Date.parse(before?.document.metadata.expires ?? '') || 0);
    const document: ResourceDocument = {
      kind: 'user',
      version: 'v2',
      metadata: { name: user, expires: new Date(expires).toISOString() },
      spec: { roles, traits, claims, created_by: { kind, name, ...(subject !== undefined && { subject }) } },
    };
    await resources.provision(`${kind}/${name}`, document, before);
  }

  return {
    admit,
    async provision(connector, identity) {
      const admitted = admit(connector, identity);
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await write(connector, admitted);
        } catch (error) {
          // The same person may come in twice at once, and a document may have just ended.
          const isConflict = error instanceof RolegateError && error.code === 'conflict';
          if (!isConflict || attempt === attemptsToWrite) throw error;
        }
      }
    },
  };
}

function refused(message: string, hint: string): RolegateError {
  return new RolegateError('access_denied', message, { hint });
}
