import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallOutput, CallResult, Calls } from '../../src-shared/contracts/calls.ts';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Dispatch } from '../ipc/registry.ts';

/** Anything that carries messages both ways: a message port, a WebSocket, a control socket. */
export interface Channel {
  send(message: Message): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the other side is gone. */
  onClose(listener: () => void): void;
}

/** What goes over a channel once both sides know each other. */
export type Message =
  | { type: 'call'; id: number; name: string; input: unknown }
  | { type: 'result'; id: number; result: CallResult }
  | { type: 'state'; patch: StatePatch };

/** What a channel's far side is given to use. */
export interface Served {
  dispatch: Dispatch;
  onState(listener: (patch: StatePatch) => void): () => void;
}

/**
 * Answers the calls that come over a channel and pushes every change of the state, until the channel closes.
 *
 * @param isCommand whether it is a command that calls, and not a page
 */
export function serveChannel(channel: Channel, { dispatch, onState }: Served, isCommand = false): void {
  const cleanups = new Set<() => void>();
  let gone = false;
  const caller = {
    isCommand,
    whenGone(clean: () => void) {
      if (gone) clean();
      else cleanups.add(clean);
    },
  };
  caller.whenGone(onState((patch) => channel.send({ type: 'state', patch })));
  channel.onMessage((message) => {
    const call = message as Extract<Message, { type: 'call' }> | null;
    if (call?.type !== 'call' || typeof call.id !== 'number' || typeof call.name !== 'string') return;
    void dispatch(call.name, call.input, caller).then((result) => {
      if (!gone) channel.send({ type: 'result', id: call.id, result });
    });
  });
  channel.onClose(() => {
    gone = true;
    for (const clean of cleanups) clean();
  });
}

/** The near side of {@link serveChannel}: the registry's calls as functions. Calls under way when it closes reject. */
export function connectChannel(
  channel: Channel,
): Calls & { result(name: string, input: unknown): Promise<CallResult> } {
  const waiting = new Map<number, (result: CallResult) => void>();
  const listeners = new Set<(patch: StatePatch) => void>();
  let lastId = 0;
  let closed = false;

  channel.onMessage((raw) => {
    const message = raw as Message | null;
    if (message?.type === 'result') {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    } else if (message?.type === 'state') {
      for (const listener of [...listeners]) listener(message.patch);
    }
  });
  channel.onClose(() => {
    closed = true;
    for (const settle of waiting.values()) settle(disconnected());
    waiting.clear();
  });

  function result(name: string, input: unknown): Promise<CallResult> {
    if (closed) return Promise.resolve(disconnected());
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      channel.send({ type: 'call', id, name, input });
    });
  }

  return {
    result,
    call: (name, input) => unwrap(result(name, input)),
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The registry's calls as functions, made in this very process. */
export function localCalls({ dispatch, onState }: Served): Calls {
  const caller = { isCommand: true, whenGone: () => undefined };
  return { call: (name, input) => unwrap(dispatch(name, input, caller)), onState };
}

async function unwrap<Name extends CallName>(result: Promise<CallResult>): Promise<CallOutput<Name>> {
  const settled = await result;
  if (settled.ok) return settled.output as CallOutput<Name>;
  throw RolegateError.fromData(settled.error);
}

function disconnected(): CallResult {
  const error = new RolegateError('unavailable', 'The connection to Rolegate was lost.', {
    hint: 'Start Rolegate again.',
  });
  return { ok: false, error: error.toData() };
}
