import type { FileQuestion } from '../dynamodb/jobs/chosen-files.ts';

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
  /** Shows a file dialog; absent where there is none to show. @returns undefined when nothing was chosen */
  askForFile?(question: FileQuestion): Promise<string | undefined>;
  /** Tells the person that something long is over, wherever they look; absent where only the page can. */
  notify?(title: string, body: string): void;
}
