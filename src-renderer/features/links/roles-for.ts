import type { AppInfo } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import type { AppLink } from '../../../src-shared/links/link.ts';

/** A role with which a link can be opened. */
export interface LinkRole {
  id: string;
  app: string;
  roleArn: string;
  label: string;
  /** The session that runs with it. */
  session?: AppSession;
}

/** The roles in a link's account: that of the link first, then those that are in use. Pure. */
export function rolesFor(link: AppLink, sessions: readonly AppSession[], apps: readonly AppInfo[]): LinkRole[] {
  const running = sessions
    .filter(({ role, expiresAt }) => role.accountId === link.account && expiresAt > Date.now())
    .map((session): LinkRole => ({ ...named(session.app, session.role), session }));
  const others = apps.flatMap(({ name, roles }) =>
    roles.filter(({ accountId }) => accountId === link.account).map((role) => named(name, role)),
  );
  const all = new Map([...others, ...running].map((one) => [one.id, one]));
  const rank = ({ label, session }: LinkRole) => (label === link.role ? 0 : 2) + (session ? 0 : 1);
  return [...all.values()].sort((a, b) => rank(a) - rank(b));
}

function named(app: string, { arn, name }: AppSession['role']): LinkRole {
  return { id: JSON.stringify([app, arn]), app, roleArn: arn, label: name };
}
