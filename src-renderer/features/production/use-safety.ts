import { useMemo } from 'react';
import type { ProductionRule } from '../../../src-shared/contracts/production.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { type HeldBack, heldBack, productionRuleOf } from '../../../src-shared/production/production.ts';
import { useAppState } from '../../bridge/react.tsx';

/** How careful one has to be with a session. */
export interface Safety {
  isProduction: boolean;
  /** What holds it to reading; undefined where it may write. */
  heldBy: HeldBack | undefined;
}

/** How careful one has to be with this session; outside a session not at all. */
export function useSafety(session: AppSession | undefined): Safety {
  const rules = useAppState((state) => state.production);
  return useMemo(
    () => ({
      isProduction: session !== undefined && productionRuleOf(rules, session) !== undefined,
      heldBy: session && heldBack(rules, session),
    }),
    [rules, session],
  );
}

/** The rule by which a session is production. */
export function useProductionRule(session: AppSession): ProductionRule | undefined {
  const rules = useAppState((state) => state.production);
  return productionRuleOf(rules, session);
}
