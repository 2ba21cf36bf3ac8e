import type { StoreApi } from 'zustand/vanilla';
import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallInput, CallOutput } from '../../src-shared/contracts/calls.ts';
import type { AppState } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { LoginGate } from './login-gate.ts';
import { type Mirrored, mirrorState } from './mirror.ts';
import type { LinkedBridge } from './types.ts';

/** Calls that change nothing, and may therefore be made again by themselves. */
export type ReadName = Extract<
  CallName,
  | 'session.probe'
  | 'session.signInOffer'
  | 'account.get'
  | 'apps.list'
  | 'requests.list'
  | 'tables.list'
  | 'tables.describe'
  | 'tables.readPage'
  | 'tables.extras'
  | 'stages.get'
  | 'gateway.proxyOnly'
  | 'streams.open'
  | 'streams.next'
  | 'metrics.read'
  | 'gateway.settings'
  | 'gateway.snippets'
  | 'own.profiles'
  | 'own.saved'
  | 'network.get'
  | 'access.own'
  | 'resources.show'
  | 'resources.check'
  | 'resources.preview'
  | 'access.explain'
  | 'access.matrix'
  | 'audit.query'
  | 'audit.head'
  | 'audit.verify'
  | 'logins.list'
>;

/** Calls after which being signed out is no surprise. */
const leaving: ReadonlySet<CallName> = new Set<CallName>([
  'session.logout',
  'session.connect',
  'session.useSandbox',
  'own.use',
  'sandbox.reset',
]);

/** Typed access to the main process: the mirrored state, reads that wait for a login, and actions that never repeat. */
export class RolegateClient {
  readonly mirror: StoreApi<Mirrored>;
  readonly gate = new LoginGate();
  readonly platform: LinkedBridge['platform'];
  private readonly bridge: LinkedBridge;
  private leavingCalls = 0;

  constructor(bridge: LinkedBridge) {
    this.bridge = bridge;
    this.platform = bridge.platform;
    this.mirror = mirrorState(bridge);
    this.mirror.subscribe(({ state }, { state: before }) => this.noticeLogin(state, before));
  }

  /** Reads something. Where a login is missing, it asks for one, waits, and reads again. */
  async read<Name extends ReadName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    for (;;) {
      try {
        return await this.once(name, input);
      } catch (error) {
        if (!(error instanceof RolegateError && error.needsLogin)) throw error;
        if (!this.hasLogin() || this.isAppSessionOver(input)) throw error;
        await this.gate.wait(error.toData());
      }
    }
  }

  /** Does something, once. What to do about a failure is for the person to say. */
  async act<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    if (!leaving.has(name)) return this.once(name, input);
    this.leavingCalls++;
    try {
      return await this.once(name, input);
    } finally {
      this.leavingCalls--;
    }
  }

  /** Logs in and lets everybody through who waited for it. */
  async login(credentials: CallInput<'session.login'>): Promise<void> {
    await this.act('session.login', credentials);
    this.gate.pass();
  }

  /** The same by the browser: ends when that has come back, or when it was cancelled. */
  async signOn(connector: CallInput<'session.signOn'>): Promise<void> {
    await this.act('session.signOn', connector);
    this.gate.pass();
  }

  /** Whether there is a login at all: with one's own credentials there is none, and a dialog would ask in vain. */
  hasLogin(): boolean {
    return this.mirror.getState().state?.way !== 'own';
  }

  private async once<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const result = await this.bridge.call(name, input);
    if (!result.ok) throw RolegateError.fromData(result.error);
    return result.output as CallOutput<Name>;
  }

  private noticeLogin(state: AppState | undefined, before: AppState | undefined): void {
    if (!state || !before) return;
    // The service has told that the login is over: the dialog need not wait for somebody to run into it.
    if (state.loginEnded && !before.loginEnded) this.gate.ask(state.loginEnded);
    else if (before.loginEnded && !state.loginEnded && state.phase === 'signed-in') this.gate.pass();
    if (state.phase === before.phase) return;
    if (state.phase === 'signed-in') this.gate.pass();
    else if (state.phase === 'signed-out' && before.phase === 'signed-in' && this.isSurprise(before)) {
      this.gate.hold(before);
    }
  }

  /**
   * Whether a login ended without anybody's doing: its time was over, or a read has found it gone. A logout, here or
   * on the command line, is no surprise and leads to the login screen.
   */
  private isSurprise({ user }: AppState): boolean {
    if (this.leavingCalls > 0) return false;
    return this.gate.store.getState().reason !== undefined || (user?.validUntil ?? 0) <= Date.now();
  }

  /** Whether the call was for an app session that has ended while the login goes on: logging in would not help it. */
  private isAppSessionOver(input: unknown): boolean {
    const { state } = this.mirror.getState();
    if (state?.phase !== 'signed-in' || !hasAppSession(input)) return false;
    const session = state.appSessions.find(({ id }) => id === input.appSessionId);
    return !session || session.expiresAt <= Date.now();
  }
}

function hasAppSession(input: unknown): input is { appSessionId: string } {
  return typeof input === 'object' && input !== null && 'appSessionId' in input;
}
