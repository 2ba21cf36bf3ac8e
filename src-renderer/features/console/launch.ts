import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ConsoleTarget } from '../../../src-shared/aws/console-page.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { toast } from '../../ui/toast.ts';
import { toastError } from '../shared/error-toast.ts';
import { formatClock } from '../shared/format.ts';

/** A sign-in link that is to be opened by hand. */
export interface ConsoleLink {
  url: string;
  expiresAt: number;
  /** When AWS signs out whoever it has signed in. */
  signedInUntil: number;
}

interface Launching {
  isLaunching: boolean;
  link: ConsoleLink | undefined;
}

const store = createStore<Launching>(() => ({ isLaunching: false, link: undefined }));

/** Whether a console is being launched, and the link to open by hand where there was no browser. */
export function useLaunching(): Launching {
  return useStore(store);
}

/** Puts the link away. */
export function dismissLink(): void {
  store.setState({ link: undefined });
}

/**
 * Opens the AWS console of a session in the browser; the header's button and the palette both do it.
 *
 * @param show the table, query or item that it is to show; the console's own first page otherwise
 */
export async function launchConsole(client: RolegateClient, session: AppSession, show?: ConsoleTarget): Promise<void> {
  if (store.getState().isLaunching) return;
  store.setState({ isLaunching: true });
  try {
    const target = { appSessionId: session.id, region: session.region, ...(show && { show }) };
    const { opened, url, expiresAt, signedInUntil } = await client.act('console.launch', target);
    if (!opened && url !== undefined) store.setState({ link: { url, expiresAt, signedInUntil } });
    else {
      toast({
        title: `Opened in your browser as ${session.role.name}/${userOf(client)}`,
        description: consoleStays(signedInUntil),
      });
    }
  } catch (error) {
    toastError(error);
  } finally {
    store.setState({ isLaunching: false });
  }
}

/** What ends with a session, and what does not. */
export function consoleStays(until: number): string {
  return `It stays signed in until ${formatClock(until)}. Nobody can end it before, also not by ending this session.`;
}

function userOf(client: RolegateClient): string {
  return client.mirror.getState().state?.user?.name ?? '';
}
