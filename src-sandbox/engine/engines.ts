import type { DataFolders } from './data-folders.ts';
import { startDynalite } from './dynalite.ts';
import { dynoxideProgram, startDynoxide } from './dynoxide.ts';
import { type Engine, EngineError, type EngineName } from './engine.ts';

/** The engine for this machine: dynoxide where there is a build of it, dynalite everywhere else. */
export function defaultEngine(): EngineName {
  return dynoxideProgram() === undefined ? 'dynalite' : 'dynoxide';
}

/** The engine of each region, started when the region is first asked for and again when it is gone. */
export class Engines {
  readonly name: EngineName;
  readonly #folders: DataFolders;
  readonly #running = new Map<string, Promise<Engine>>();
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
  async of(region: string): Promise<Engine> {
    await this.#barrier;
    if (this.#closed) throw new EngineError('The sandbox is closed.');
    const known = this.#running.get(region);
    if (known) return known;
    const starting = this.#start(region);
    this.#running.set(region, starting);
    const forget = () => {
      if (this.#running.get(region) === starting) this.#running.delete(region);
    };
    starting.then((engine) => engine.gone.then(forget), forget);
    return starting;
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

  async #start(region: string): Promise<Engine> {
    const folder = await this.#folders.folderOf(region);
    return this.name === 'dynoxide' ? startDynoxide({ folder, region }) : startDynalite({ folder, region });
  }

  async #stopAll(): Promise<void> {
    const engines = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(engines.map((starting) => starting.then((engine) => engine.close()).catch(() => undefined)));
  }
}
