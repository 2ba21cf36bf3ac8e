/** Who makes a call: a window, a page, a command. What is opened for a caller is closed when it goes. */
export interface Caller {
  whenGone(clean: () => void): void;
}
