import { RolegateError } from '../../../src-shared/errors.ts';
import { useAct } from '../../bridge/react.tsx';
import { askForCode } from '../../state/code-question.ts';
import { goToSession } from '../../state/place.ts';
import { toastError } from '../shared/error-toast.ts';

/**
 * Starts an app session with a role and goes to its tables, even if the list it was picked from is gone by then. Where
 * the role wants a code of the authenticator app, the person is asked for it, until it is right or they give up.
 */
export function useStartSession() {
  const act = useAct('appSessions.start');
  const start = async (app: string, roleArn: string): Promise<void> => {
    if (act.isPending) return;
    try {
      const session = await startWithCode((code) => act.mutateAsync({ app, roleArn, ...code }));
      if (session) goToSession(session.id);
    } catch (error) {
      toastError(error);
    }
  };
  return { start, startingArn: act.isPending ? act.variables.roleArn : undefined };
}

async function startWithCode<Session>(start: (code: { code?: string }) => Promise<Session>) {
  let code: { code?: string } = {};
  for (;;) {
    try {
      return await start(code);
    } catch (error) {
      const isWrongCode = code.code !== undefined && error instanceof RolegateError && error.code === 'access_denied';
      if (!(error instanceof RolegateError) || (error.code !== 'needs_code' && !isWrongCode)) throw error;
      const given = await askForCode(error);
      if (given === undefined) return undefined;
      code = { code: given };
    }
  }
}
