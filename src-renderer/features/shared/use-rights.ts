import { useMemo } from 'react';
import type { OwnRules, RuleVerb } from '../../../src-shared/contracts/review-api.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { type AdminSection, adminSections } from '../../state/place.ts';
import { sectionKinds } from './admin-sections.ts';

/** What the person may administer. The app-service checks every call again; this is for what is worth showing. */
export interface Rights {
  may: (kind: string, verb: RuleVerb) => boolean;
  /** The parts of the administration that there is something to see in. */
  sections: readonly AdminSection[];
  /** Whether this is not known yet. */
  isPending: boolean;
}

/** Asks what the person may administer, anew for each user and whenever their roles change. */
export function useRights(): Rights {
  const user = useAppState((state) => state.user);
  const owner = JSON.stringify([user?.name, user?.roles]);
  const { data, isPending } = useRead('access.own', {}, { dependsOn: owner, enabled: user !== undefined });
  return useMemo(() => rightsOf(data ?? {}, isPending), [data, isPending]);
}

function rightsOf(rules: OwnRules, isPending: boolean): Rights {
  const may = (kind: string, verb: RuleVerb) => rules[kind]?.includes(verb) === true;
  const maySee = (kind: string) => may(kind, 'list') && (kind === 'session' || may(kind, 'readnosecrets'));
  const sections = adminSections.filter((section) =>
    section === 'matrix' ? maySee('role') && maySee('user') : sectionKinds[section].some(maySee),
  );
  return { may, sections, isPending };
}
