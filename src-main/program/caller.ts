/** Who makes a call: a window, a page, a command. What is opened for a caller is closed when it goes. */
export interface Caller {
  /** Whether it is a command of this person, who may name files by their paths. A page never may. */
  readonly isCommand: boolean;
  whenGone(clean: () => void): void;
}
