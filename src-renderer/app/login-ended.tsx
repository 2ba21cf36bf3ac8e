import { LogIn } from 'lucide-react';
import { useStore } from 'zustand';
import { useAppState, useClient } from '../bridge/react.tsx';
import { Button } from '../ui/button.tsx';

/** Below the header, for whoever has put the login dialog away: why nothing can be read, and the way on. */
export function LoginEnded() {
  const client = useClient();
  const why = useAppState((state) => state.loginEnded);
  const isAsking = useStore(client.gate.store, (gate) => gate.reason !== undefined);
  if (!why || isAsking) return null;
  return (
    <div role="alert" className="flex shrink-0 items-center gap-3 border-line border-b bg-bad-soft px-4 py-2">
      <LogIn size={16} aria-hidden="true" className="shrink-0 text-bad" />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{why.message}</span>{' '}
        <span className="text-muted">What is open and what is staged stays as it is.</span>
      </p>
      <Button size="sm" variant="primary" onClick={() => client.gate.ask(why)}>
        Log in again
      </Button>
    </div>
  );
}
