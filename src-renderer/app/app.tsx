import { useStore } from 'zustand';
import { useClient } from '../bridge/react.tsx';
import { FullPage } from './full-page.tsx';
import { Reconnecting } from './reconnecting.tsx';
import { Shell } from './shell.tsx';
import { Starting } from './starting.tsx';

/** Everything: the shell once there is a state to draw, and what is drawn where there is none. */
export function App() {
  const { mirror } = useClient();
  const link = useStore(mirror, (mirrored) => mirrored.link);
  const hasState = useStore(mirror, (mirrored) => mirrored.state !== undefined);
  const error = useStore(mirror, (mirrored) => mirrored.error);

  if (link?.at === 'refused') {
    return (
      <FullPage title={link.error.message} hint={link.error.hint ?? 'Start Rolegate again; it prints a new address.'} />
    );
  }
  return (
    <>
      {hasState ? <Shell /> : error ? <FullPage title={error.message} hint={error.hint} canReload /> : <Starting />}
      {link?.at === 'down' && <Reconnecting />}
    </>
  );
}
