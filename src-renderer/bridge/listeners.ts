/** A set of functions to tell something to. */
export class Listeners<Message> {
  private readonly all = new Set<(message: Message) => void>();

  /** Adds one; the returned function takes it out again. */
  add(listener: (message: Message) => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  tell(message: Message): void {
    for (const listener of this.all) listener(message);
  }
}
