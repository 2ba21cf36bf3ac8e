import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';

/** What the page sends in browser mode. The first message is always `hello`. */
export type ClientMessage =
  /** The one-time token of the page's address; it buys a secret for this browser tab. */
  | { type: 'hello'; token: string }
  /** That secret, after a reload or a lost connection. */
  | { type: 'hello'; secret: string }
  | { type: 'call'; id: number; name: CallName; input: unknown };

/** What the main process sends in browser mode. */
export type ServerMessage =
  | { type: 'welcome'; secret: string }
  | { type: 'refused'; error: ErrorData }
  | { type: 'result'; id: number; result: CallResult }
  | { type: 'state'; patch: StatePatch };
