import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../src-shared/contracts/state.ts';
import { type ErrorData, RolegateError } from '../../src-shared/errors.ts';

/** What the login dialog goes by. */
export interface GateState {
  /** Why a login is needed; undefined while none is. The dialog is open exactly as long as this is set. */
  readonly reason: ErrorData | undefined;
  /** The last state of the login that ended, to keep what was on the screen under the dialog. */
  readonly held: AppState | undefined;
}

const ended: ErrorData = {
  code: 'needs_login',
  message: 'Your login has ended.',
  retryable: false,
  needsLogin: true,
};

/**
 * The one place where callers without a login wait. However many there are, one dialog is shown; after the login
 * all of them go on.
 */
export class LoginGate {
  readonly store: StoreApi<GateState> = createStore<GateState>(() => ({ reason: undefined, held: undefined }));
  private waiting: { pass: () => void; giveUp: (error: RolegateError) => void }[] = [];

  /** Waits until somebody has logged in. Rejects with `error` when the person closes the dialog instead. */
  wait(error: ErrorData): Promise<void> {
    this.ask(error);
    return new Promise((pass, giveUp) => this.waiting.push({ pass, giveUp }));
  }

  /** Shows the dialog, if it is not there already. */
  ask(error: ErrorData = ended): void {
    if (!this.store.getState().reason) this.store.setState({ reason: error });
  }

  /** The login ended without the person's doing: what it showed stays on the screen, under the dialog. */
  hold(lastState: AppState): void {
    this.store.setState({ held: lastState });
    this.ask();
  }

  /** Somebody has logged in. */
  pass(): void {
    const { waiting } = this;
    this.close();
    for (const caller of waiting) caller.pass();
  }

  /** The person would rather not. */
  dismiss(): void {
    const { waiting } = this;
    const { reason = ended } = this.store.getState();
    this.close();
    for (const caller of waiting) caller.giveUp(RolegateError.fromData(reason));
  }

  private close(): void {
    this.waiting = [];
    this.store.setState({ reason: undefined, held: undefined });
  }
}
