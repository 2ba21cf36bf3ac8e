import { useAct } from '../../bridge/react.tsx';
import { goToSession } from '../../state/place.ts';
import { toastError } from '../shared/error-toast.ts';

/** Starts an app session with a role and goes to its tables, even if the list it was picked from is gone by then. */
export function useStartSession() {
  const act = useAct('appSessions.start');
  const start = async (app: string, roleArn: string): Promise<void> => {
    if (act.isPending) return;
    try {
      const session = await act.mutateAsync({ app, roleArn });
      goToSession(session.id);
    } catch (error) {
      toastError(error);
    }
  };
  return { start, startingArn: act.isPending ? act.variables.roleArn : undefined };
}
