import type { z } from 'zod';
import { type CallName, callNames } from '../../src-shared/contracts/call-names.ts';
import { type CallOutput, type CallResult, calls } from '../../src-shared/contracts/calls.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import type { Caller } from '../program/caller.ts';

/** The parsed input of a call. */
export type ParsedInput<Name extends CallName> = z.output<(typeof calls)[Name]['input']>;

export type Handlers = {
  [Name in CallName]: (input: ParsedInput<Name>, caller: Caller) => Promise<CallOutput<Name>> | CallOutput<Name>;
};

/** Makes a call: never rejects, errors are data. */
export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<CallResult>;

const known = new Set<string>(callNames);

/**
 * The one wrapper round all handlers: knows the call, parses its input, runs its handler and turns what goes wrong
 * into data.
 *
 * @param onFault told of errors that are faults of ours, before they are reduced to a sentence
 */
export function createDispatch(handlers: Handlers, onFault: (name: string, error: unknown) => void): Dispatch {
  return async (name, input, caller) => {
    try {
      if (!isCallName(name)) throw new RolegateError('bad_input', 'There is no such call.');
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) throw inputError(parsed.error);
      // The schema of a name and the handler of that name belong together; the compiler cannot follow the name.
      const handler = handlers[name] as (input: unknown, caller: Caller) => unknown;
      return { ok: true, output: await handler(parsed.data, caller) };
    } catch (error) {
      if (!(error instanceof RolegateError)) onFault(name, error);
      return { ok: false, error: toErrorData(error) };
    }
  };
}

function isCallName(name: string): name is CallName {
  return known.has(name);
}

function inputError(error: z.ZodError): RolegateError {
  const [issue] = error.issues;
  const where = issue?.path.join('.');
  const text = issue?.message ?? 'It cannot be read.';
  return new RolegateError('bad_input', where ? `${where}: ${text}` : text);
}
