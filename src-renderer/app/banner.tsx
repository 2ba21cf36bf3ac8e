import type { ReactNode } from 'react';
import { useAppState } from '../bridge/react.tsx';
import { go, usePlace } from '../state/place.ts';
import { cx } from '../ui/cx.ts';

/** Says at the very top whose AWS this is: play money, or a real account. A server's sessions say it themselves. */
export function Banner() {
  const way = useAppState((state) => state.way);
  if (way === 'sandbox') return <SandboxBanner />;
  if (way === 'own') return <OwnBanner />;
  return null;
}

function SandboxBanner() {
  const place = usePlace();
  return (
    <Band name="SANDBOX" className="bg-sandbox text-on-sandbox">
      <span className="truncate">An emulated AWS inside Rolegate: no real account, no cost.</span>
      {place.page !== 'settings' && (
        <button
          type="button"
          onClick={() => go({ page: 'settings', section: 'own' })}
          className="ml-auto shrink-0 rounded-sm underline underline-offset-2 hover:no-underline"
        >
          Use my AWS credentials
        </button>
      )}
    </Band>
  );
}

function OwnBanner() {
  const profile = useAppState((state) => state.profile);
  const place = usePlace();
  const sessions = useAppState((state) => state.appSessions);
  const account =
    place.page === 'session' ? sessions.find(({ id }) => id === place.sessionId)?.role.accountId : undefined;
  return (
    <Band name="REAL AWS" className="bg-real text-on-real">
      <span className="truncate">
        {account !== undefined && (
          <>
            Account <span className="font-mono">{account}</span>{' '}
          </>
        )}
        {profile !== undefined && (
          <>
            via profile <span className="font-mono">{profile}</span>
          </>
        )}
      </span>
    </Band>
  );
}

function Band({ name, className, children }: { name: string; className: string; children: ReactNode }) {
  return (
    <section aria-label={name} className={cx('flex h-6 shrink-0 items-center gap-3 px-3 text-xs', className)}>
      <strong className="font-bold tracking-widest">{name}</strong>
      {children}
    </section>
  );
}
