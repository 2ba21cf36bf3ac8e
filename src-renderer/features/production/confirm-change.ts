import { createStore } from 'zustand/vanilla';
import { productionRuleOf } from '../../../src-shared/production/production.ts';
import type { RolegateClient } from '../../bridge/client.ts';

/** A change that is about to be made in production. */
export interface PendingChange {
  /** `Commit 3 changes to Orders?` */
  title: string;
  /** What the button does. */
  action: string;
  /** What has to be typed. */
  word: string;
  /** Account, role and region. */
  place: string;
  settle: (isMeant: boolean) => void;
}

/** What waits to be confirmed. */
export const pendingChanges = createStore<{ change: PendingChange | undefined }>(() => ({ change: undefined }));

/**
 * Asks whether a change is meant, where the session is production; elsewhere it goes on at once.
 *
 * @returns what main wants to see of it, or undefined when the person would rather not
 */
export async function confirmChange(
  client: RolegateClient,
  { appSessionId, region }: { appSessionId: string; region: string },
  { title, action, word }: Pick<PendingChange, 'title' | 'action' | 'word'>,
): Promise<{ confirmed?: string } | undefined> {
  const { state } = client.mirror.getState();
  const session = state?.appSessions.find(({ id }) => id === appSessionId);
  if (!state || !session || !productionRuleOf(state.production, session)) return {};
  const place = `account ${session.role.accountId}, ${region}, as ${session.role.name}`;
  pendingChanges.getState().change?.settle(false);
  const isMeant = await new Promise<boolean>((settle) =>
    pendingChanges.setState({ change: { title, action, word, place, settle } }),
  );
  pendingChanges.setState({ change: undefined });
  return isMeant ? { confirmed: word } : undefined;
}
