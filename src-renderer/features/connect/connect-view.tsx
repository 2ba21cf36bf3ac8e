import { useState } from 'react';
import { usePreference } from '../../state/preferences.ts';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { useSession } from '../workspace/session-context.tsx';
import { CertificateNotice } from './certificate.tsx';
import { KeySettings } from './key-settings.tsx';
import { ListenerPanel } from './listener-panel.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { ProxyOnly } from './proxy-only.tsx';
import { SessionOptions } from './session-options.tsx';
import { Snippets } from './snippets.tsx';

/** How any other tool gets at AWS through the gateway, with this session's role. */
export function ConnectView() {
  useDrawn();
  const { session } = useSession();
  const [mode, setMode] = usePreference('connectMode');
  const [isRevealed, setRevealed] = useState(false);
  useTitle('Connect', session.role.name, session.region);
  return (
    <main className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto flex w-full max-w-220 flex-col gap-7 px-6 pt-6 pb-10">
        <header className="flex flex-col gap-0.5">
          <h1 className="font-semibold text-lg">Connect a tool</h1>
          <p className="text-muted">
            Whatever you point at Rolegate’s gateway works as <span className="text-text">{session.role.name}</span> in
            account <span className="font-mono text-sm text-text">{session.role.accountId}</span>, without an AWS key.
          </p>
        </header>
        <section aria-label="Way to connect" className="flex flex-col gap-3">
          <ModeSwitch value={mode} onChange={setMode} />
          <ListenerPanel key={mode} mode={mode} />
        </section>
        <CertificateNotice />
        <KeySettings mode={mode} isRevealed={isRevealed} onReveal={setRevealed} />
        {mode === 'endpoint' && <ProxyOnly onUseProxy={() => setMode('proxy')} />}
        <SessionOptions mode={mode} />
        <Snippets mode={mode} isRevealed={isRevealed} />
      </div>
    </main>
  );
}
