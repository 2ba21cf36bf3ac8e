import { ShieldCheck } from 'lucide-react';
import type { ServiceProbe } from '../../../src-shared/contracts/session.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Who answered at an address, and whether anything vouches for it. */
export function FoundService({ found }: { found: ServiceProbe }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3 rounded-lg bg-sunken px-3 py-2.5">
        <ShieldCheck size={18} aria-hidden="true" className={found.trusted ? 'text-good' : 'text-faint'} />
        <div className="min-w-0">
          <p className="truncate font-medium">{found.cluster}</p>
          <p className="truncate text-muted text-sm">
            Rolegate {found.version} at {found.url}
          </p>
        </div>
      </div>
      {!found.trusted && (
        <Notice tone="warn">
          <p className="font-medium">Nothing vouches for this certificate yet.</p>
          <p className="text-muted">
            Compare its fingerprint with the one your administrator gave you. If they are the same, Rolegate will
            remember it and accept no other.
          </p>
          {found.fingerprint !== undefined && (
            <div className="mt-2 flex items-start gap-1">
              <code className="min-w-0 flex-1 break-all font-mono text-sm leading-5">{found.fingerprint}</code>
              <CopyButton text={found.fingerprint} label="Copy the fingerprint" />
            </div>
          )}
        </Notice>
      )}
    </div>
  );
}
