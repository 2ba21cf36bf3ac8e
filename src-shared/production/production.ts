import type { ProductionRule } from '../contracts/production.ts';
import type { AppSession } from '../contracts/state.ts';

type Of = Pick<AppSession, 'app' | 'role'>;

/** The first rule by which a session counts as production; undefined where it does not. Pure. */
export function productionRuleOf(rules: readonly ProductionRule[], session: Of): ProductionRule | undefined {
  const { app, role } = session;
  return rules.find(({ pattern }) =>
    [role.accountId, app, role.name, role.arn].some((text) => matchesPattern(pattern.trim(), text)),
  );
}

/** Why a session may only read: because the service says so, or because it is production and not unlocked. */
export type HeldBack = 'service' | 'production';

/** What holds a session to reading; undefined where it may write. Pure. */
export function heldBack(
  rules: readonly ProductionRule[],
  session: Of & Pick<AppSession, 'readOnly' | 'unlocked'>,
): HeldBack | undefined {
  if (session.readOnly) return 'service';
  return productionRuleOf(rules, session)?.readsFirst && !session.unlocked ? 'production' : undefined;
}

/** Whether a text is as a pattern says: `*` is any characters, all others are themselves, in any case. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (rest.length === 0) return lower === first;
  const last = rest.pop() ?? '';
  if (!lower.startsWith(first)) return false;
  let at = first.length;
  // Taking each part where it is found first leaves the most room for those behind it.
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return lower.length - last.length >= at && lower.endsWith(last);
}
