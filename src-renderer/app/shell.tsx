import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useAppState, useClient } from '../bridge/react.tsx';
import { LoginScreen } from '../features/login/login-screen.tsx';
import { type Place, usePlace } from '../state/place.ts';
import { rememberColours } from '../state/session-colours.ts';
import { useShortcut } from '../ui/use-shortcut.ts';
import { Banner } from './banner.tsx';
import { Failure } from './failure.tsx';
import { Header } from './header/header.tsx';
import { Starting } from './starting.tsx';
import { useTheme } from './theme.ts';

const AppsScreen = lazy(() => import('../features/apps/apps-screen.tsx').then((m) => ({ default: m.AppsScreen })));
const Workspace = lazy(() => import('../features/workspace/workspace.tsx').then((m) => ({ default: m.Workspace })));
const Settings = lazy(() => import('../features/settings/settings.tsx').then((m) => ({ default: m.Settings })));
const Palette = lazy(() => import('./palette/palette.tsx').then((m) => ({ default: m.Palette })));
const LoginDialog = lazy(() => import('../features/login/login-dialog.tsx').then((m) => ({ default: m.LoginDialog })));

/** The window: the band that says whose AWS this is, the header, and the page that one is on. */
export function Shell() {
  useTheme();
  const phase = useAppState((state) => state.phase);
  const place = usePlace();
  return (
    <div className="flex h-full flex-col">
      <Banner />
      <Suspense fallback={null}>
        {phase === 'signed-in' ? <SignedIn place={place} /> : <SignedOut phase={phase} place={place} />}
      </Suspense>
    </div>
  );
}

function SignedOut({ phase, place }: { phase: 'starting' | 'signed-out' | 'failed'; place: Place }) {
  if (phase === 'starting') return <Starting />;
  // How to use one's own AWS account can be looked at, and tried, by anybody.
  if (place.page === 'settings') return <Settings section={place.section} />;
  return phase === 'failed' ? <Failure /> : <LoginScreen />;
}

function SignedIn({ place }: { place: Place }) {
  const client = useClient();
  const needsLogin = useStore(client.gate.store, (gate) => gate.reason !== undefined);
  const sessions = useAppState((state) => state.appSessions);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useShortcut({ key: 'k', with: 'command' }, () => setPaletteOpen((isOpen) => !isOpen));
  useEffect(() => rememberColours(sessions.map(({ role }) => role.arn)), [sessions]);
  return (
    <>
      <Header place={place} onOpenPalette={() => setPaletteOpen(true)} />
      <div className="flex min-h-0 flex-1 flex-col">
        {/* The header stays while the page's code comes; it is on this machine and comes at once. */}
        <Suspense fallback={null}>
          <Page place={place} />
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {isPaletteOpen && <Palette place={place} onClose={() => setPaletteOpen(false)} />}
        {needsLogin && <LoginDialog />}
      </Suspense>
    </>
  );
}

function Page({ place }: { place: Place }) {
  switch (place.page) {
    case 'apps':
      return <AppsScreen />;
    case 'settings':
      return <Settings section={place.section} />;
    case 'session':
      return <Workspace key={place.sessionId} sessionId={place.sessionId} view={place.view} />;
  }
}
