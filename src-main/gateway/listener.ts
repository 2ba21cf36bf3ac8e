/** A port of this machine that the gateway serves. */
export interface Listener {
  /** The port that is bound. */
  port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}
