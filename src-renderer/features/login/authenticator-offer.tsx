import type { AuthenticatorOffer as Offer } from '../../../src-shared/contracts/account-api.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** A secret for an authenticator app: to be scanned, or typed. Its place is kept while it is still to come. */
export function AuthenticatorOffer({ offer }: { offer: Offer | undefined }) {
  return (
    <div className="flex items-center gap-5">
      {offer ? (
        <QrCode text={offer.url} label="QR code with the secret" />
      ) : (
        <Skeleton className="size-44 shrink-0 rounded-lg" />
      )}
      <div className="flex min-w-0 flex-col gap-3">
        <p>Scan this with your authenticator app, for example Aegis, 1Password or Google Authenticator.</p>
        <div className="flex flex-col gap-1">
          <p className="text-muted text-sm">Or type the secret there:</p>
          <div className="flex items-center gap-1">
            <code className="select-text font-mono text-sm [overflow-wrap:anywhere]">
              {offer?.secret.replace(/.{4}(?=.)/g, '$& ') ?? '…'}
            </code>
            {offer && <CopyButton text={offer.secret} label="Copy the secret" />}
          </div>
        </div>
      </div>
    </div>
  );
}
