import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';

/** What the preload puts at `window.rolegate`: a function for each call of the registry, and nothing generic. */
export interface PreloadBridge {
  readonly platform: 'electron';
  readonly calls: Readonly<Record<CallName, (input: unknown) => Promise<CallResult>>>;
  /** Tells of every change of the state until the returned function is called. */
  onState(listener: (patch: StatePatch) => void): () => void;
}

/** The one door between the page and the main process. */
export interface RolegateBridge {
  /** Makes one call of the registry. Never rejects: an error is data. */
  call(name: CallName, input: unknown): Promise<CallResult>;
  /** Tells of every change of the state until the returned function is called. */
  onState(listener: (patch: StatePatch) => void): () => void;
  readonly platform: 'electron' | 'browser';
}

/** How the page stands with the main process. Electron's is always `up`. */
export type LinkStatus =
  | { readonly at: 'up' }
  | { readonly at: 'down' }
  /** The main process does not know this page (any more), and asking again will not help. */
  | { readonly at: 'refused'; readonly error: ErrorData };

/** A bridge whose connection can come and go. */
export interface LinkedBridge extends RolegateBridge {
  /** Tells the present status at once and every change of it, until the returned function is called. */
  onLink(listener: (status: LinkStatus) => void): () => void;
}

declare global {
  interface Window {
    readonly rolegate?: PreloadBridge;
  }
}
