import { endpointHost } from '../../src-shared/aws/endpoints.ts';
import type { ProxyChoice, ProxyView, Reached } from '../../src-shared/contracts/network.ts';
import {
  environmentProxy,
  notThroughOurselves,
  type Outbound,
  outboundLater,
  type ProxySettings,
} from '../../src-shared/outbound/outbound.ts';
import { readProxyAddress } from '../../src-shared/outbound/proxy-address.ts';
import type { Settings, SettingsStore } from '../home/settings.ts';
import type { SecretStore } from '../session/secret-store.ts';
import { reach, type Target } from './reach.ts';

/** How this machine reaches AWS: directly, or through the proxy of its network. */
export interface Network {
  /** The way out; it follows what is chosen, also for those who have it already. */
  outbound: Outbound;
  view(): ProxyView;
  choose(choice: ProxyChoice): Promise<void>;
  /** Tries whether what Rolegate needs can be reached with a choice. */
  check(choice: ProxyChoice): Promise<Reached[]>;
}

export interface NetworkOptions {
  settings: SettingsStore;
  secrets: SecretStore;
  environment: NodeJS.ProcessEnv;
  /** Authorities to trust in place of the system's, in tests. */
  ca?: string;
}

const secretName = 'upstream-proxy';

/** Reads what was chosen last. The password of the proxy is with the other secrets. */
export async function openNetwork({ settings, secrets, environment, ca }: NetworkOptions): Promise<Network> {
  const fromEnvironment = environmentProxy(environment);
  const saved = settings.get().upstreamProxy;
  const wantsPassword = saved !== undefined && userOf(saved.url) !== '';
  let password = wantsPassword ? await secrets.get(secretName) : undefined;
  let current = currentSettings();

  function currentSettings(): ProxySettings {
    const { upstreamProxy } = settings.get();
    return upstreamProxy ? { ...upstreamProxy, password } : fromEnvironment;
  }

  // The gateway's own ports are no way out, even where its settings have been pasted into a terminal.
  const withoutOwnPorts = (way: Outbound) => notThroughOurselves(way, () => Object.values(settings.get().ports));

  /** The password that goes with a choice: the one that is kept is for its own proxy and user only. */
  function passwordFor(choice: ProxyChoice): string | undefined {
    if (choice.use !== 'own' || choice.user === '') return undefined;
    if (choice.password !== undefined) return choice.password === '' ? undefined : choice.password;
    const known = readProxyAddress(settings.get().upstreamProxy?.url ?? '');
    const same = known && known.host === readProxyAddress(choice.url)?.host && userOf(known.href) === choice.user;
    return same ? (password ?? (decoded(known.password) || undefined)) : undefined;
  }

  function settingsFor(choice: ProxyChoice): ProxySettings {
    if (choice.use === 'environment') return fromEnvironment;
    return { ...writtenDown(choice), password: passwordFor(choice) };
  }

  return {
    outbound: withoutOwnPorts(outboundLater(() => current)),

    view() {
      const { upstreamProxy } = settings.get();
      const { url, except } = fromEnvironment;
      const view: ProxyView = {
        use: upstreamProxy === undefined ? 'environment' : upstreamProxy.url.trim() === '' ? 'none' : 'own',
        environment: { ...(url !== undefined && { url: shown(url) }), ...(except !== undefined && { except }) },
      };
      if (view.use !== 'own' || !upstreamProxy) return view;
      const { url: own, except: exceptions = '' } = upstreamProxy;
      const hasPassword = (password ?? readProxyAddress(own)?.password ?? '') !== '';
      return { ...view, own: { url: shown(own), user: userOf(own), hasPassword, except: exceptions } };
    },

    async choose(choice) {
      password = passwordFor(choice);
      if (password === undefined) await secrets.delete(secretName);
      else await secrets.set(secretName, password);
      await settings.update({ upstreamProxy: choice.use === 'environment' ? undefined : writtenDown(choice) });
      current = currentSettings();
    },

    async check(choice) {
      const chosen = settingsFor(choice);
      const tried = withoutOwnPorts(outboundLater(() => chosen));
      return Promise.all(targetsOf(settings.get()).map((target) => reach(target, tried, ca)));
    },
  };
}

/** What Rolegate has to reach: AWS, and the app-service where that is elsewhere. */
function targetsOf({ way, server, own }: Settings): Target[] {
  const endpoint = endpointHost('sts', (way === 'own' ? own?.region : undefined) ?? 'us-east-1');
  const aws: Target = { host: endpoint.ok ? endpoint.host : 'sts.amazonaws.com', port: 443, isTrusted: true };
  if (way !== 'server' || !server) return [aws];
  const { hostname, port } = new URL(server.url);
  // Its certificate is checked by what it was given or pinned, when it is talked to.
  return [{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 443, isTrusted: false }, aws];
}

/** A choice as the settings keep it, without its password. */
function writtenDown(choice: Exclude<ProxyChoice, { use: 'environment' }>): { url: string; except?: string } {
  if (choice.use === 'none') return { url: '' };
  const url = readProxyAddress(choice.url);
  if (url) url.username = encodeURIComponent(choice.user);
  const except = choice.except.trim();
  return { url: url?.href ?? choice.url, ...(except !== '' && { except }) };
}

function userOf(url: string): string {
  return decoded(readProxyAddress(url)?.username ?? '');
}

/** An address for people: without user and password. */
function shown(url: string): string {
  const parsed = readProxyAddress(url);
  return parsed ? `${parsed.protocol}//${parsed.host}` : url;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
