import { useClient } from '../../bridge/react.tsx';
import { toastError } from './error-toast.ts';

/** Goes to another region with a session. Main remembers it, so the command line and the next start agree. */
export function useChooseRegion(sessionId: string): (region: string) => void {
  const client = useClient();
  return (region) => {
    client.act('appSessions.setRegion', { id: sessionId, region }).catch(toastError);
  };
}
