import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallInput, CallOutput } from '../../src-shared/contracts/calls.ts';
import type { AppState } from '../../src-shared/contracts/state.ts';
import type { RolegateError } from '../../src-shared/errors.ts';
import type { ReadName, RolegateClient } from './client.ts';

const ClientContext = createContext<RolegateClient | undefined>(undefined);

/** Gives the components below it their way to the main process. */
export const ClientProvider = ClientContext;

/** The way to the main process. */
export function useClient(): RolegateClient {
  const client = use(ClientContext);
  if (!client) throw new Error('There is no ClientProvider above this component.');
  return client;
}

/**
 * A part of the main process's state. The component is drawn again only when that part changes, so `select` should
 * pick slices and not make new objects. Below the shell only: before the first state there is nothing to select.
 */
export function useAppState<Part>(select: (state: AppState) => Part): Part {
  const client = useClient();
  const held = useStore(client.gate.store, (gate) => gate.held);
  return useStore(client.mirror, ({ state }) => {
    const shown = held ?? state;
    if (!shown) throw new Error('The state has not arrived yet.');
    return select(shown);
  });
}

/** How long an answer counts as fresh, and whether to ask at all. */
export interface ReadOptions {
  staleTime?: number;
  enabled?: boolean;
  /** Asks again after so many milliseconds, for as long as the answer is one that will change by itself. */
  again?: { after: number; while: (answer: unknown) => boolean };
  /** Something that is not part of the input, but changes the answer. */
  dependsOn?: string | number | undefined;
}

/** Reads through the bridge, cached by call and input. */
export function useRead<Name extends ReadName>(
  name: Name,
  input: CallInput<Name>,
  { dependsOn, again, ...options }: ReadOptions = {},
): UseQueryResult<CallOutput<Name>, RolegateError> {
  const client = useClient();
  return useQuery<CallOutput<Name>, RolegateError>({
    queryKey: [name, input, dependsOn],
    queryFn: () => client.read(name, input),
    ...(again && { refetchInterval: ({ state }) => (again.while(state.data) ? again.after : false) }),
    ...options,
  });
}

/** Does something through the bridge; `mutate` it. */
export function useAct<Name extends CallName>(
  name: Name,
): UseMutationResult<CallOutput<Name>, RolegateError, CallInput<Name>> {
  const client = useClient();
  return useMutation<CallOutput<Name>, RolegateError, CallInput<Name>>({
    mutationKey: [name],
    mutationFn: (input) => client.act(name, input),
  });
}
