import { Tooltip } from '@base-ui/react/tooltip';
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useAppState, useClient } from '../bridge/react.tsx';
import { AppsScreen } from '../features/apps/apps-screen.tsx';
import { useRequestNews } from '../features/requests/use-request-news.ts';
import { codeQuestion } from '../state/code-question.ts';
import { leaveSession, type Place, usePlace } from '../state/place.ts';
import { restorePlace } from '../state/remember-place.ts';
import { rememberColours } from '../state/session-colours.ts';
import { useShortcut } from '../ui/use-shortcut.ts';
import { Header } from './header/header.tsx';
import { LoginEnded } from './login-ended.tsx';

const Workspace = lazy(() => import('../features/workspace/workspace.tsx').then((m) => ({ default: m.Workspace })));
const Settings = lazy(() => import('../features/settings/settings.tsx').then((m) => ({ default: m.Settings })));
const Requests = lazy(() =>
  import('../features/requests/requests-screen.tsx').then((m) => ({ default: m.RequestsScreen })),
);
const Admin = lazy(() => import('../features/admin/admin.tsx').then((m) => ({ default: m.Admin })));
const Audit = lazy(() => import('../features/audit/audit.tsx').then((m) => ({ default: m.Audit })));
const Palette = lazy(() => import('./palette/palette.tsx').then((m) => ({ default: m.Palette })));
const CodeDialog = lazy(() => import('../features/login/code-dialog.tsx').then((m) => ({ default: m.CodeDialog })));
const LinkDialog = lazy(() => import('../features/links/link-dialog.tsx').then((m) => ({ default: m.LinkDialog })));
const LoginDialog = lazy(() => import('../features/login/login-dialog.tsx').then((m) => ({ default: m.LoginDialog })));

/**
 * Everything behind the login: the header, the page that one is on, and what can lie over them.
 *
 * @param isContinued there was no login: the page was opened by somebody who was logged in already
 */
export function SignedIn({ isContinued }: { isContinued: boolean }) {
  const client = useClient();
  const place = usePlace();
  const needsLogin = useStore(client.gate.store, (gate) => gate.reason !== undefined);
  const wantsCode = useStore(codeQuestion, (state) => state.question !== undefined);
  const sessions = useAppState((state) => state.appSessions);
  const link = useAppState((state) => state.link);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useShortcut({ key: 'k', with: 'command' }, () => setPaletteOpen((isOpen) => !isOpen));
  const waiting = useRequestNews();
  const [isPlaced, setPlaced] = useState(false);
  useLayoutEffect(() => {
    if (isContinued) restorePlace(client.mirror.getState().state?.appSessions ?? []);
    else leaveSession();
    setPlaced(true);
  }, [client, isContinued]);
  useEffect(() => rememberColours(sessions.map(({ role }) => role.arn)), [sessions]);
  if (!isPlaced) return null;
  return (
    <Tooltip.Provider>
      <Header place={place} waitingRequests={waiting} onOpenPalette={() => setPaletteOpen(true)} />
      <LoginEnded />
      <div className="flex min-h-0 flex-1 flex-col">
        {/* The header stays while the page's code comes; it is on this machine and comes at once. */}
        <Suspense fallback={null}>
          <Page place={place} />
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {isPaletteOpen && <Palette place={place} onClose={() => setPaletteOpen(false)} />}
        {needsLogin && <LoginDialog />}
        {wantsCode && <CodeDialog />}
        {link && <LinkDialog link={link} />}
      </Suspense>
    </Tooltip.Provider>
  );
}

function Page({ place }: { place: Place }) {
  switch (place.page) {
    case 'apps':
      return <AppsScreen />;
    case 'requests':
      return <Requests />;
    case 'settings':
      return <Settings section={place.section} />;
    case 'admin':
      return <Admin section={place.section} />;
    case 'audit':
      return <Audit />;
    case 'session':
      return <Workspace key={place.sessionId} sessionId={place.sessionId} view={place.view} />;
  }
}
