import {
  Boxes,
  Grid3x3,
  KeySquare,
  Lock,
  type LucideIcon,
  MonitorSmartphone,
  ShieldX,
  UserKey,
  Users,
} from 'lucide-react';
import { type ComponentType, lazy, Suspense } from 'react';
import { type AdminSection, go } from '../../state/place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { sectionLabels } from '../shared/admin-sections.ts';
import { SectionNav } from '../shared/section-nav.tsx';
import { useDrawn } from '../shared/use-drawn.ts';
import { useRights } from '../shared/use-rights.ts';
import { useTitle } from '../shared/use-title.ts';
import { LocksSection } from './locks/locks-section.tsx';
import { MatrixSection } from './matrix-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { UsersSection } from './users/users-section.tsx';

const browser = () => import('./editor/browser-sections.tsx');
// The editor is large, and most people come to look.
const RolesSection = lazy(() => browser().then((m) => ({ default: m.RolesSection })));
const ConnectorsSection = lazy(() => browser().then((m) => ({ default: m.ConnectorsSection })));
const ResourcesSection = lazy(() => browser().then((m) => ({ default: m.ResourcesSection })));

const sections: Record<AdminSection, { icon: LucideIcon; Page: ComponentType }> = {
  users: { icon: Users, Page: UsersSection },
  roles: { icon: UserKey, Page: RolesSection },
  connectors: { icon: KeySquare, Page: ConnectorsSection },
  sessions: { icon: MonitorSmartphone, Page: SessionsSection },
  locks: { icon: Lock, Page: LocksSection },
  matrix: { icon: Grid3x3, Page: MatrixSection },
  resources: { icon: Boxes, Page: ResourcesSection },
};

/** Users, roles and all that access stands on: for those whose roles allow it, and only the parts that they do. */
export function Admin({ section }: { section: AdminSection }) {
  useDrawn();
  useTitle(sectionLabels[section], 'Administration');
  const rights = useRights();
  const { Page } = sections[section];
  return (
    <div className="flex min-h-0 flex-1">
      <SectionNav
        label="Administration"
        back="Back"
        sections={rights.sections.map((id) => ({ id, label: sectionLabels[id], icon: sections[id].icon }))}
        current={section}
        onChoose={(id) => go({ page: 'admin', section: id })}
      />
      {rights.isPending ? (
        <Waiting />
      ) : rights.sections.includes(section) ? (
        <Suspense key={section} fallback={<Waiting />}>
          <Page />
        </Suspense>
      ) : (
        <main className="min-h-0 flex-1 bg-surface">
          <h1 className="sr-only">{sectionLabels[section]}</h1>
          <EmptyState icon={ShieldX} title="None of your roles lets you see this">
            It takes a role with rules for it, such as <span className="font-mono text-text">editor</span>.
          </EmptyState>
        </main>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <main className="min-h-0 flex-1 bg-surface px-6 pt-5">
      <h1 className="sr-only">Administration</h1>
      <SkeletonLines lines={8} />
    </main>
  );
}
