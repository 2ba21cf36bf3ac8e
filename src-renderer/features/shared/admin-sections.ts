import type { AdminSection } from '../../state/place.ts';

/** What the parts of the administration are called. */
export const sectionLabels: Record<AdminSection, string> = {
  users: 'Users',
  roles: 'Roles',
  connectors: 'Single sign-on',
  sessions: 'Sessions',
  locks: 'Locks',
  matrix: 'Who may assume what',
  resources: 'Other resources',
};

/** The kinds of resources that each part is about. Whoever may list one of them sees the part. */
export const sectionKinds: Record<Exclude<AdminSection, 'matrix'>, readonly [string, ...string[]]> = {
  users: ['user'],
  roles: ['role'],
  connectors: ['oidc', 'saml', 'github'],
  sessions: ['session'],
  locks: ['lock'],
  resources: ['app', 'cluster_auth_preference', 'token', 'access_request'],
};
