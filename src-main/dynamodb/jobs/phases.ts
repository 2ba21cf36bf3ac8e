import type { GrowingFile } from './file-sinks.ts';
import type { JobFolder, KeptJob } from './kept-job.ts';
import type { Sink, Source } from './pages.ts';
import type { Asking } from './sources.ts';

/** What a job consists of, one after the other. */
export type Phase = MovingPhase | WorkPhase | WaitingPhase;

/** Moves items from a source to a sink. */
export interface MovingPhase {
  kind: 'move';
  /** What it does, in words: "Reading". */
  words: string;
  /** Its items are those that the job is about; a phase that goes over the same items again finds none. */
  finds: boolean;
  /** What its sink takes is done. */
  finishes: boolean;
  /** After a crash the pages since the last checkpoint are taken again; where that matters there is one after each page. */
  checkpointsEachPage: boolean;
  open(): Promise<{ source: Source; sink: Sink; file?: GrowingFile }>;
}

/** Does one thing, which can be done again if it was interrupted. */
export interface WorkPhase {
  kind: 'work';
  words: string;
  run(stop: AbortSignal): Promise<void>;
}

/** Waits until a person has seen what is going to happen, and says yes. */
export interface WaitingPhase {
  kind: 'wait';
  words: string;
}

/** What the kinds of jobs are given to work with. */
export interface JobTools {
  job: KeptJob;
  folder: JobFolder;
  /** Asks the table that the job reads, or changes. */
  from: Asking;
  /** Asks the table that it copies to. */
  to: Asking | undefined;
}
