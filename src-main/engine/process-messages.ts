import type { FileQuestion } from '../dynamodb/jobs/chosen-files.ts';
import type { Message } from './channel.ts';

/** What Electron's main process says to the engine's process, beside the calls that it passes on. */
export type ToEngine =
  | { type: 'start'; version: string; preparedDir: string }
  | { type: 'opened'; id: number; opened: boolean }
  | { type: 'file'; id: number; path: string | undefined }
  | { type: 'stop' }
  | Extract<Message, { type: 'call' }>;

/** What the engine's process says, beside answers and changes of the state. */
export type FromEngine =
  | { type: 'open'; id: number; url: string }
  | { type: 'front' }
  | { type: 'ask-file'; id: number; question: FileQuestion }
  | { type: 'notify'; title: string; body: string }
  | Exclude<Message, { type: 'call' }>;
