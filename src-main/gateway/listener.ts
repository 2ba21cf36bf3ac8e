import type { LocalCa } from './ca.ts';

/** A port of this machine that the gateway serves. */
export interface Listener {
  /** The port that is bound. */
  port: number;
  /** Shows certificates of another authority from now on. */
  changeCa(ca: LocalCa): void;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}
