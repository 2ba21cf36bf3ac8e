import {
  FlaskConical,
  Globe,
  Info,
  KeyRound,
  type LucideIcon,
  Palette,
  Plug,
  ShieldAlert,
  UserRound,
  Vault,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useAppState } from '../../bridge/react.tsx';
import { go, type SettingsSection, settingsSections } from '../../state/place.ts';
import { SectionNav } from '../shared/section-nav.tsx';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { About } from './about.tsx';
import { Account } from './account/account.tsx';
import { Appearance } from './appearance.tsx';
import { GatewayPorts } from './gateway-ports.tsx';
import { LoginStorage } from './login-storage.tsx';
import { Network } from './network/network.tsx';
import { OwnCredentials } from './own/own-credentials.tsx';
import { Production } from './production.tsx';
import { Sandbox } from './sandbox.tsx';

const sections: Record<SettingsSection, { label: string; icon: LucideIcon; Page: ComponentType }> = {
  account: { label: 'Password and codes', icon: UserRound, Page: Account },
  own: { label: 'Use my AWS credentials', icon: KeyRound, Page: OwnCredentials },
  sandbox: { label: 'Sandbox', icon: FlaskConical, Page: Sandbox },
  gateway: { label: 'Gateway', icon: Plug, Page: GatewayPorts },
  network: { label: 'Network', icon: Globe, Page: Network },
  production: { label: 'Production', icon: ShieldAlert, Page: Production },
  appearance: { label: 'Appearance', icon: Palette, Page: Appearance },
  login: { label: 'Where the login is kept', icon: Vault, Page: LoginStorage },
  about: { label: 'About', icon: Info, Page: About },
};

/** The settings: their parts on the left, the chosen one on the right. */
export function Settings({ section }: { section: SettingsSection }) {
  useDrawn();
  const { label, Page } = sections[section];
  useTitle(label, 'Settings');
  const isSignedIn = useAppState((state) => state.phase === 'signed-in');
  return (
    <div className="flex min-h-0 flex-1">
      <SectionNav
        label="Settings"
        back={isSignedIn ? 'Back' : 'Back to login'}
        sections={settingsSections.map((id) => ({ id, ...sections[id] }))}
        current={section}
        onChoose={(id) => go({ page: 'settings', section: id })}
      />
      <main key={section} className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <div className="mx-auto flex w-full max-w-170 flex-col gap-6 px-8 pt-7 pb-12">
          <h1 className="font-semibold text-xl tracking-tight">{label}</h1>
          <Page />
        </div>
      </main>
    </div>
  );
}
