import type { AppSession, ListenerState } from '../../../src-shared/contracts/state.ts';
import { useAppState } from '../../bridge/react.tsx';
import { go } from '../../state/place.ts';
import { cx } from '../../ui/cx.ts';

const dots: Record<ListenerState['status'], string> = {
  running: 'bg-good',
  starting: 'bg-warn animate-breathe',
  failed: 'bg-bad',
  stopped: 'bg-line-strong',
};

/** Whether tools can reach the gateway, and where. Leads to Connect, or to the settings where no session is open. */
export function GatewayStatus({ session }: { session: AppSession | undefined }) {
  const { proxy, endpoint } = useAppState((state) => state.gateway);
  const worst = worstOf(proxy, endpoint);
  const open = () =>
    session
      ? go({ page: 'session', sessionId: session.id, view: 'connect' })
      : go({ page: 'settings', section: 'gateway' });
  const summary = `gateway :${worst.port}, proxy ${wordsFor(proxy)}, endpoint ${wordsFor(endpoint)}`;
  return (
    <button
      type="button"
      onClick={open}
      title={summary}
      aria-label={summary}
      className="flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-text"
    >
      <span aria-hidden="true" className={cx('size-2 rounded-full', dots[worst.status])} />
      <span className="hidden @[90rem]/header:inline">gateway</span>
      <span className="hidden font-mono tabular @5xl/header:inline">:{worst.port}</span>
    </button>
  );
}

/** The listener that one should know about: a failed one first, the proxy otherwise. */
function worstOf(proxy: ListenerState, endpoint: ListenerState): ListenerState {
  if (proxy.status === 'failed') return proxy;
  if (endpoint.status === 'failed') return endpoint;
  return proxy.status === 'running' || endpoint.status !== 'running' ? proxy : endpoint;
}

function wordsFor({ status, port }: ListenerState): string {
  return status === 'running' ? `running on port ${port}` : status;
}
