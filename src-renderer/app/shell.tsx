import { lazy, Suspense, useEffect, useState } from 'react';
import { useAppState } from '../bridge/react.tsx';
import { LoginScreen } from '../features/login/login-screen.tsx';
import { usePlace } from '../state/place.ts';
import { Banner } from './banner.tsx';
import { Failure } from './failure.tsx';
import { Starting } from './starting.tsx';
import { useTheme } from './theme.ts';

// What comes after the login is loaded apart, so that the login is there at once.
const loadSignedIn = () => import('./signed-in.tsx');
const SignedIn = lazy(() => loadSignedIn().then((m) => ({ default: m.SignedIn })));
const Settings = lazy(() => import('../features/settings/settings.tsx').then((m) => ({ default: m.Settings })));

/** The window: the band that says whose AWS this is, and below it either the login or what it leads to. */
export function Shell() {
  useTheme();
  const phase = useAppState((state) => state.phase);
  const [sawLogin, setSawLogin] = useState(false);
  if (phase === 'signed-out' && !sawLogin) setSawLogin(true);
  return (
    <div className="flex h-full flex-col">
      <Banner />
      <Suspense fallback={null}>
        {phase === 'signed-in' ? <SignedIn isContinued={!sawLogin} /> : <SignedOut phase={phase} />}
      </Suspense>
    </div>
  );
}

function SignedOut({ phase }: { phase: 'starting' | 'signed-out' | 'failed' }) {
  const place = usePlace();
  useEffect(() => {
    // While the person types, the rest can come.
    requestIdleCallback(() => void loadSignedIn());
  }, []);
  if (phase === 'starting') return <Starting />;
  // How to use one's own AWS account can be looked at, and tried, by anybody.
  if (place.page === 'settings') return <Settings section={place.section} />;
  return phase === 'failed' ? <Failure /> : <LoginScreen />;
}
