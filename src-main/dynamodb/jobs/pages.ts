/** What a job moves: pages of items out of a source, into a sink. */

/** An item that was not simply done, as it stands in the ledger. */
export interface LedgerEntry {
  outcome: 'skipped' | 'failed';
  reason: string;
  /** Its key, as DynamoDB JSON. */
  key?: string | undefined;
  /** Which record of the file it is, counted from 1. */
  record?: number | undefined;
}

/** Some items of a source. */
export interface Page {
  /** DynamoDB JSON texts. */
  items: string[];
  /** For each item, which record of the file it was. */
  records?: number[];
  /** How many there were, with those that are in `entries`. */
  found: number;
  /** What is wrong with those that are no items. */
  entries: LedgerEntry[];
  /** Where the next page of this lane begins; absent at its end. */
  next?: string | undefined;
}

/** Where items come from, in lanes that are read side by side. */
export interface Source {
  lanes: number;
  /** Reads the page that begins here. Reading the same page again gives the same, as far as nobody else writes. */
  read(lane: number, cursor: string | undefined, stop: AbortSignal): Promise<Page>;
  close?(): Promise<void>;
}

/** What became of a page's items. */
export interface Outcome {
  done: number;
  entries: LedgerEntry[];
  /** What else belongs to it, done in the moment in which the page is written down as done. */
  commit?: () => Promise<void>;
}

export interface Taking {
  /** This page may have been taken before, wholly or in part, by a run that did not come to write it down. */
  isAgain: boolean;
  /** Told of items as they are dealt with: under a limit, a page takes long. */
  onItems: (items: number) => void;
  stop: AbortSignal;
}

/** Where items go. */
export interface Sink {
  take(page: Page, taking: Taking): Promise<Outcome>;
  /** Makes sure that what was taken survives the machine's going down. */
  sync?(): Promise<void>;
  close?(): Promise<void>;
}
