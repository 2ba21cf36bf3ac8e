/** What the engine asks of the program round it: a window's process, a browser's server or a command. */
export interface Host {
  /**
   * Opens an address in the user's browser.
   *
   * @returns false where there is none; the address is then shown instead
   */
  openExternal(url: string): Promise<boolean>;
  /** Brings the app's window before the browser's, where there is a window. */
  comeToFront?(): void;
}
