/** Lets so many things be done at a time; the others wait, the last that came first. */
export class Lane {
  private readonly width: number;
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(width: number) {
    this.width = width;
  }

  /**
   * Does something when its turn has come. What is no longer wanted by then is not done.
   *
   * @throws what `act` throws; the signal's reason when it was aborted before its turn
   */
  async run<Result>(signal: AbortSignal, act: () => Promise<Result>): Promise<Result> {
    // Who came last is what somebody looks at now: those before have scrolled away.
    if (this.busy >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.busy++;
    try {
      signal.throwIfAborted();
      return await act();
    } finally {
      // Whoever waits takes over this place.
      const next = this.waiting.pop();
      if (next) next();
      else this.busy--;
    }
  }
}
