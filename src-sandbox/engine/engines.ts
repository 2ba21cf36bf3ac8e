import type { DataFolders } from './data-folders.ts';
import { startDynalite } from './dynalite.ts';
import { dynoxideProgram, startDynoxide } from './dynoxide.ts';
import { type Engine, EngineError, type EngineName } from './engine.ts';
import { readStatistics, type Statistics } from './statistics.ts';

/** The engine of a region, and what is known of its tables. */
export interface RegionEngine extends Engine {
  statistics: Statistics;
}

/** The engine for this machine: dynoxide where there is a build of it, dynalite everywhere else. */
export function defaultEngine(): EngineName {
  return dynoxideProgram() === undefined ? 'dynalite' : 'dynoxide';
}

/** The engine of each region, started when the region is first asked for and again when it is gone. */
export class Engines {
  readonly name: EngineName;
  readonly #folders: DataFolders;
  readonly #running = new Map<string, Promise<RegionEngine>>();
  /** What must be over before an engine may be started. */
  #barrier: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(name: EngineName, folders: DataFolders) {
    this.name = name;
    this.#folders = folders;
  }

  /**
   * The engine of a region.
   *
   * @throws EngineError when it cannot be started; the next call tries again
   */
  async of(region: string): Promise<RegionEngine> {
    await this.#barrier;
    if (this.#closed) throw new EngineError('The sandbox is closed.');
    return this.#running.get(region) ?? this.#keep(region, this.#start(region));
  }

  /** Gives up an engine that did not answer: whoever asks for the region next gets a new one. */
  async discard(region: string, failed: RegionEngine): Promise<void> {
    const running = this.#running.get(region);
    const engine = await running?.catch(() => undefined);
    // Several requests may have failed by one engine; the first of them has replaced it.
    if (engine !== failed || this.#running.get(region) !== running) return;
    void this.#keep(
      region,
      failed.close().then(() => this.#start(region)),
    );
  }

  /** Puts all data back to what was prepared. Requests wait meanwhile. */
  async reset(): Promise<void> {
    const done = this.#barrier.then(async () => {
      await this.#stopAll();
      await this.#folders.reset();
    });
    // A reset that failed has left the data as it was, or gone: either way engines may start again.
    this.#barrier = done.catch(() => undefined);
    await done;
  }

  /** Stops every engine for good. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#barrier;
    await this.#stopAll();
  }

  /** Notes that an engine is starting, until it is gone or has failed to. */
  #keep(region: string, starting: Promise<RegionEngine>): Promise<RegionEngine> {
    this.#running.set(region, starting);
    const forget = () => {
      if (this.#running.get(region) === starting) this.#running.delete(region);
    };
    starting.then((engine) => engine.gone.then(forget), forget);
    return starting;
  }

  async #start(region: string): Promise<RegionEngine> {
    const { folder, statistics } = await this.#dataOf(region);
    const start = this.name === 'dynoxide' ? startDynoxide : startDynalite;
    return { ...(await start({ folder, region })), statistics };
  }

  async #dataOf(region: string): Promise<{ folder: string; statistics: Statistics }> {
    try {
      const folder = await this.#folders.folderOf(region);
      return { folder, statistics: await readStatistics(folder) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EngineError(`The sandbox's data of ${region} cannot be used: ${reason}`);
    }
  }

  async #stopAll(): Promise<void> {
    const engines = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(engines.map((starting) => starting.then((engine) => engine.close()).catch(() => undefined)));
  }
}
