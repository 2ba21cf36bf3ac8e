/**
 * The names of all calls, apart from their schemas: the preload needs the names only. `calls.ts` checks that both
 * lists agree.
 */
export const callNames = [
  'state.get',
  'state.retry',
  'session.login',
  'session.logout',
  'session.status',
  'session.probe',
  'session.connect',
  'session.useSandbox',
  'apps.list',
  'appSessions.start',
  'appSessions.end',
  'appSessions.setRegion',
  'tables.list',
  'tables.describe',
  'tables.readPage',
  'tables.cancel',
  'stages.get',
  'stages.set',
  'stages.commit',
  'gateway.listen',
  'gateway.stop',
  'gateway.open',
  'gateway.keepKeys',
  'gateway.allowPlainHttp',
  'gateway.renewCa',
  'gateway.settings',
  'gateway.snippets',
  'console.launch',
  'console.link',
  'settings.setTheme',
  'own.profiles',
  'own.saved',
  'own.check',
  'own.use',
  'sandbox.reset',
] as const;

export type CallName = (typeof callNames)[number];
