import { type ConsoleTarget, consolePage } from '../../src-shared/aws/console-page.ts';
import type { CallOutput } from '../../src-shared/contracts/calls.ts';
import type { GatewayMode, ToolSettings } from '../../src-shared/contracts/gateway.ts';
import type { ProductionRule } from '../../src-shared/contracts/production.ts';
import type { OwnCredentials } from '../../src-shared/contracts/settings.ts';
import type { SignInOffer } from '../../src-shared/contracts/sign-on-api.ts';
import type { GatewayState, Theme } from '../../src-shared/contracts/state.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import { upstreamLimits } from '../../src-shared/http/upstream-limits.ts';
import { parseLink } from '../../src-shared/links/link.ts';
import { requireDestination, requireSignInUrl } from '../console/sign-in-url.ts';
import { withDefaults } from '../gateway/limits.ts';
import type { Home } from '../home/home.ts';
import type { ServerSettings, SettingsStore } from '../home/settings.ts';
import type { Network } from '../network/network.ts';
import type { SecretStore } from '../session/secret-store.ts';
import type { SessionView } from '../session/session.ts';
import { createStateStore, type StateStore } from '../session/state-store.ts';
import { toolSettings } from '../tools/tool-settings.ts';
import { type BrowserLogin, createBrowserLogin } from './browser-login.ts';
import type { Caller } from './caller.ts';
import type { Host } from './host.ts';
import type { OpenWay } from './open-way.ts';
import { type RunningWay, runWay } from './running-way.ts';

/** Which way to run, with what that way needs to know. */
export type WayChoice =
  | { way: 'sandbox' }
  | { way: 'own'; own: OwnCredentials }
  | { way: 'server'; server: ServerSettings };

export interface ProgramOptions {
  home: Home;
  version: string;
  settings: SettingsStore;
  secrets: SecretStore;
  host: Host;
  openWay: (choice: WayChoice) => Promise<OpenWay>;
  network: Network;
  /** Whether the gateway begins to listen, on the remembered ports, as soon as somebody is logged in. */
  listens: boolean;
  onFault: (error: unknown) => void;
  now: () => number;
}

type ForTool = { appSessionId: string; mode: GatewayMode; region?: string | undefined; port?: number | undefined };
type ForConsole = { appSessionId: string; region?: string | undefined; show?: ConsoleTarget | undefined };

/** Rolegate without its windows: one way to run at a time, and the use cases on top of it. */
export interface Program {
  version: string;
  settings: SettingsStore;
  network: Network;
  state: StateStore;
  /** @throws RolegateError `unavailable` while no way is open */
  running(): RunningWay;
  /** Goes over to another way. The one before stays when the new one cannot be opened. */
  use(choice: WayChoice): Promise<void>;
  /** Opens the chosen way (again). What goes wrong shows in the state. */
  reopen(): Promise<void>;
  status(): Promise<CallOutput<'session.status'>>;
  /** What one can log in with here. */
  signInOffer(): Promise<SignInOffer>;
  browserLogin: BrowserLogin;
  listen(mode: GatewayMode, port: number): Promise<void>;
  openPort(mode: GatewayMode, port: number | undefined, caller: Caller): Promise<{ port: number }>;
  toolSettings(input: ForTool): Promise<ToolSettings>;
  consoleLink(input: ForConsole): Promise<CallOutput<'console.link'>>;
  launchConsole(input: ForConsole): Promise<CallOutput<'console.launch'>>;
  resetSandbox(): Promise<void>;
  /** Shows where a link leads. @throws RolegateError `bad_input`; `conflict` while another one is shown */
  showLink(url: string): void;
  closeLink(): void;
  setTheme(theme: Theme): Promise<void>;
  setProduction(rules: ProductionRule[]): Promise<void>;
  close(): Promise<void>;
}

export function createProgram(options: ProgramOptions): Program {
  const { version, settings, secrets, host, openWay, network, listens, onFault, now } = options;
  let current: RunningWay | undefined;
  let changing: Promise<void> = Promise.resolve();

  const state = createStateStore({
    version,
    way: settings.get().way,
    phase: 'starting',
    cluster: '',
    sandboxUsers: [],
    secrets: { kind: secrets.kind, ...(secrets.reason !== undefined && { reason: secrets.reason }) },
    appSessions: [],
    endedSessions: [],
    accessRevision: 0,
    jobs: [],
    gateway: idleGateway(settings),
    theme: settings.get().theme,
    production: settings.get().production ?? [],
  });

  function showSession({ user, appSessions, loginEnded, ...access }: SessionView): void {
    if (!user) {
      state.update({ phase: 'signed-out', appSessions: [], endedSessions: [] }, 'user', 'loginEnded');
      return;
    }
    const { name, roles, validUntil } = user;
    const slices = { phase: 'signed-in', user: { name, roles, validUntil }, appSessions, ...access } as const;
    if (loginEnded) state.update({ ...slices, loginEnded });
    else state.update(slices, 'loginEnded');
    if (listens) startListeners();
  }

  function startListeners(): void {
    const { ports } = settings.get();
    for (const mode of ['proxy', 'endpoint'] as const) {
      // Only the first time: a listener that the user stopped stays stopped.
      if (state.get().gateway[mode].status === 'stopped' && !started.has(mode)) {
        started.add(mode);
        current?.gateway.start(mode, ports[mode]).catch(onFault);
      }
    }
  }
  const started = new Set<GatewayMode>();

  function running(): RunningWay {
    if (current) return current;
    throw new RolegateError('unavailable', 'Rolegate is still starting.', { hint: 'Try again in a moment.' });
  }

  const browserLogin = createBrowserLogin({
    host,
    show: (signingIn) => (signingIn ? state.update({ signingIn }) : state.update({}, 'signingIn')),
    now,
  });

  /** Puts an opened way in the place of the one before. */
  async function enter(way: OpenWay): Promise<void> {
    browserLogin.cancel();
    await current?.close();
    started.clear();
    current = runWay({
      way,
      secrets,
      host,
      ports: settings.get().ports,
      limits: withDefaults(settings.get().gatewayLimits),
      upstreamLimits: upstreamLimits(settings.get().upstreamLimits),
      tunnelsTo: settings.get().tunnelsTo ?? [],
      outbound: network.outbound,
      production: () => state.get().production,
      onSession: showSession,
      onGateway: (gateway) => state.update({ gateway }),
      onJobs: (jobs) => state.update({ jobs }),
      onFault,
      now,
    });
    state.update(
      {
        way: way.way,
        phase: 'starting',
        cluster: way.cluster,
        sandboxUsers: way.sandboxUsers,
        appSessions: [],
        endedSessions: [],
        gateway: idleGateway(settings),
        jobs: [],
        ...(way.serviceUrl !== undefined && { serviceUrl: way.serviceUrl }),
        ...(way.profile !== undefined && { profile: way.profile }),
      },
      'failure',
      'user',
      'loginEnded',
      ...(way.serviceUrl === undefined ? (['serviceUrl'] as const) : []),
      ...(way.profile === undefined ? (['profile'] as const) : []),
    );
    await current.session.restore();
  }

  /** One change of the way at a time. */
  function inTurn(change: () => Promise<void>): Promise<void> {
    const result = changing.then(change);
    changing = result.catch(() => undefined);
    return result;
  }

  async function openPort(mode: GatewayMode, port: number | undefined, caller: Caller): Promise<{ port: number }> {
    const { gateway } = running();
    const served = gateway.portOf(mode);
    if (served !== undefined && (port === undefined || port === served)) return { port: served };
    const listener = await gateway.open(mode, port ?? settings.get().ports[mode]);
    caller.whenGone(() => listener.close().catch(onFault));
    return { port: listener.port };
  }

  async function consoleLink({ appSessionId, region, show }: ForConsole) {
    const { way, session } = running();
    const { token, serviceSessionId } = await session.credentialsOf(appSessionId);
    const view = session.requireAppSession(appSessionId);
    const grant = await way.client.consoleUrl(token, serviceSessionId, {
      region: region ?? view.region,
      ...(show && consolePage(show)),
    });
    const url = requireSignInUrl(grant.url, view.role.partition, way.consoleOrigin);
    if (show) requireDestination(url, view.role.partition, consolePage(show), way.consoleOrigin);
    session.noteConsole(appSessionId, grant.signedInUntil);
    return { url: url.href, expiresAt: grant.expiresAt, signedInUntil: grant.signedInUntil };
  }

  return {
    version,
    settings,
    network,
    state,
    running,

    use: (choice) =>
      inTurn(async () => {
        // The sandbox's files belong to one engine, so the way before must let go of them first.
        const same = current?.way.way === 'sandbox' && choice.way === 'sandbox';
        if (same) return;
        await enter(await openWay(choice));
        await settings.update(choice.way === 'sandbox' ? { way: 'sandbox' } : choice);
      }),

    reopen: () =>
      inTurn(async () => {
        state.update({ phase: 'starting' }, 'failure');
        try {
          if (current) await current.session.restore();
          else await enter(await openWay(chosenWay(settings)));
        } catch (error) {
          if (!(error instanceof RolegateError)) onFault(error);
          state.update({ phase: 'failed', failure: toErrorData(error) });
        }
      }),

    browserLogin,

    async signInOffer() {
      const { way } = running();
      const { signIn = { password: true, connectors: [] } } = await way.client.info();
      // Without an address of its own no provider could send anybody back to it.
      return way.serviceUrl === undefined ? { ...signIn, connectors: [] } : signIn;
    },

    async status() {
      const { session } = running();
      const { name: username, roles, traits, cluster, validUntil } = await session.status();
      const { appSessions } = state.get();
      return { username, roles, traits, cluster, version, validUntil, secrets: secrets.kind, appSessions };
    },

    async listen(mode, port) {
      await running().gateway.start(mode, port);
      if (state.get().gateway[mode].status === 'running') {
        await settings.update({ ports: { ...settings.get().ports, [mode]: port } });
      }
    },

    openPort,

    async toolSettings({ appSessionId, mode, region, port }) {
      const { session, gateway } = running();
      const view = session.requireAppSession(appSessionId);
      return toolSettings({
        mode,
        port: port ?? gateway.portOf(mode) ?? settings.get().ports[mode],
        region: region ?? view.region,
        keys: session.keysOf(appSessionId),
        caFile: (await gateway.ca()).bundleFile,
        plainHttp: view.plainHttp,
      });
    },

    consoleLink,

    async launchConsole(input) {
      const { url, ...until } = await consoleLink(input);
      const opened = await host.openExternal(url);
      return opened ? { opened, ...until } : { opened, url, ...until };
    },

    async resetSandbox() {
      const { way } = running();
      if (!way.resetSandbox) throw new RolegateError('bad_input', 'There is a sandbox to reset in the sandbox only.');
      await way.resetSandbox();
    },

    showLink(url) {
      const link = parseLink(url);
      // One that replaced another under somebody's hand would be opened in its place.
      if (state.get().link) {
        throw new RolegateError('conflict', 'Another link is shown already.', { hint: 'Decide about that one first.' });
      }
      state.update({ link });
    },
    closeLink: () => state.update({}, 'link'),

    async setTheme(theme) {
      state.update({ theme });
      await settings.update({ theme });
    },

    async setProduction(production) {
      state.update({ production });
      await settings.update({ production });
    },

    close: () =>
      inTurn(async () => {
        browserLogin.cancel();
        await current?.close();
        current = undefined;
      }),
  };
}

function chosenWay(settings: SettingsStore): WayChoice {
  const { way, own, server } = settings.get();
  if (way === 'own' && own) return { way, own };
  if (way === 'server' && server) return { way, server };
  return { way: 'sandbox' };
}

function idleGateway(settings: SettingsStore): GatewayState {
  const { proxy, endpoint } = settings.get().ports;
  return { proxy: { status: 'stopped', port: proxy }, endpoint: { status: 'stopped', port: endpoint } };
}
