import type { CallName } from '../../../src-shared/contracts/call-names.ts';
import type { CallInput, CallOutput } from '../../../src-shared/contracts/calls.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { useAct } from '../../bridge/react.tsx';
import { toast } from '../../ui/toast.ts';
import { useRefresh } from './use-resources.ts';

/** Something that an administrator does: what it changes is read anew, and it is said that it was done. */
export interface AdminAct<Name extends CallName> {
  /** @returns undefined when it has failed; `error` says why */
  run: (input: CallInput<Name>, said?: string) => Promise<CallOutput<Name> | undefined>;
  isPending: boolean;
  error: RolegateError | null;
  reset: () => void;
}

export function useAdminAct<Name extends CallName>(name: Name): AdminAct<Name> {
  const act = useAct(name);
  const refresh = useRefresh();
  return {
    async run(input, said) {
      try {
        const output = await act.mutateAsync(input);
        if (said !== undefined) toast({ title: said });
        return output;
      } catch {
        // Shown where it was asked for.
        return undefined;
      } finally {
        // After a failure too: it may have failed because what is shown is old.
        await refresh();
      }
    },
    isPending: act.isPending,
    error: act.error,
    reset: act.reset,
  };
}
