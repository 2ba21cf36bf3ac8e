import type { CallName } from '../../../src-shared/contracts/call-names.ts';
import type { CallInput, CallOutput, CallResult } from '../../../src-shared/contracts/calls.ts';
import type { AppState, StatePatch } from '../../../src-shared/contracts/state.ts';
import { RolegateError, toErrorData } from '../../../src-shared/errors.ts';
import { Listeners } from '../listeners.ts';
import type { LinkedBridge, LinkStatus } from '../types.ts';

/** What the made-up main process answers to each call. */
export type Handlers = {
  [Name in CallName]: (input: CallInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>;
};

/** How a call is made to go wrong: an error, or no answer at all. */
export type Trouble = RolegateError | 'pending';

/**
 * A main process made up in memory, for the development page and for the specs. It is no part of the product: only
 * dev.html leads here, which is not built.
 */
export class FakeBridge implements LinkedBridge {
  readonly platform = 'browser';
  state: AppState;
  handlers: Handlers | undefined;
  readonly trouble = new Map<CallName, Trouble>();
  private readonly states = new Listeners<StatePatch>();
  private readonly links = new Listeners<LinkStatus>();
  private linkStatus: LinkStatus = { at: 'up' };

  constructor(state: AppState) {
    this.state = state;
  }

  async call(name: CallName, input: unknown): Promise<CallResult> {
    try {
      return { ok: true, output: await this.answer(name, input) };
    } catch (error) {
      return { ok: false, error: toErrorData(error) };
    }
  }

  onState(listener: (patch: StatePatch) => void): () => void {
    return this.states.add(listener);
  }

  onLink(listener: (status: LinkStatus) => void): () => void {
    listener(this.linkStatus);
    return this.links.add(listener);
  }

  /** Changes the state and tells of it, as the main process would. */
  change(slices: StatePatch['slices'], removed: (keyof AppState)[] = []): void {
    const revision = this.state.revision + 1;
    const kept = Object.entries(this.state).filter(([slice]) => !removed.includes(slice as keyof AppState));
    this.state = { ...(Object.fromEntries(kept) as AppState), ...(slices as Partial<AppState>), revision };
    this.states.tell({ revision, slices, removed });
  }

  /** Loses or restores the connection. */
  setLink(status: LinkStatus): void {
    this.linkStatus = status;
    this.links.tell(status);
  }

  private async answer(name: CallName, input: unknown): Promise<unknown> {
    if (this.linkStatus.at !== 'up') throw new RolegateError('unavailable', 'The connection to Rolegate was lost.');
    const trouble = this.trouble.get(name);
    if (trouble === 'pending') return new Promise(() => {});
    if (trouble) throw trouble;
    const handler = this.handlers?.[name] as ((input: unknown) => unknown) | undefined;
    if (!handler) throw new RolegateError('not_found', `Nobody answers ${name}.`);
    // Never in the same tick: nothing in the product does that either.
    await Promise.resolve();
    return handler(input);
  }
}
