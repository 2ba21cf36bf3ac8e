import type { Pool } from 'undici';

/** The DynamoDB engines that the sandbox can stand on. */
export type EngineName = 'dynoxide' | 'dynalite';

/** A running engine: one region's DynamoDB, on a loopback port of its own, which checks no signature. */
export interface Engine {
  /** Where it listens: `http://127.0.0.1:<port>`. */
  origin: string;
  /** Connections to it. */
  http: Pool;
  /** Settles when the engine is gone, wanted or not; never rejects. */
  gone: Promise<void>;
  /** Lets requests under way finish, writes everything to disk and stops it. */
  close(): Promise<void>;
}

/** How to start an engine. */
export interface EngineStart {
  /** Where the region's data lives; it exists. */
  folder: string;
  /** The region that the engine plays. */
  region: string;
}

/** The engine of this name could not be started, for a reason a person can act on. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
