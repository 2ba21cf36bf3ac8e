import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import type { AccountInfo, NewPasskey, PasskeyInfo } from '../../../../src-shared/contracts/account-api.ts';
import { useAct, useAppState, useRead } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.ts';
import { BrowserWaiting } from '../../login/browser-waiting.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { RemovePasskey } from './remove-passkey.tsx';
import { RenamePasskey } from './rename-passkey.tsx';

export interface PasskeysProps {
  account: AccountInfo;
  onChanged: () => void;
}

/** The passkeys with which one logs in without a password: the list, adding, renaming and removing. */
export function Passkeys({ account: { passkeys, authenticator }, onChanged }: PasskeysProps) {
  const serviceUrl = useAppState((state) => state.serviceUrl);
  const signingIn = useAppState((state) => state.signingIn);
  const { data: offer } = useRead('session.signInOffer', {}, { dependsOn: serviceUrl });
  const [open, setOpen] = useState<'add' | { rename: PasskeyInfo } | { remove: PasskeyInfo }>();
  const add = useAct('account.addPasskey');
  const close = () => {
    setOpen(undefined);
    add.reset();
  };
  // The dialog makes room for the browser, and is back with the reason if nothing came of it.
  const isInBrowser = signingIn?.kind === 'new-passkey';
  const addPasskey = (passkey: NewPasskey) =>
    add.mutate(passkey, {
      onSuccess: () => {
        close();
        onChanged();
        toast({ title: `The passkey ${passkey.name} was added. You can log in with it from now on.` });
      },
      onError: ({ code, hint }) => {
        if (code === 'cancelled' && hint === undefined) close();
      },
    });
  const dialog = { hasAuthenticator: authenticator, onClose: close, onDone: onChanged };
  return (
    <section aria-labelledby="passkeys" className="flex flex-col gap-3">
      <h2 id="passkeys" className="font-semibold">
        Passkeys
      </h2>
      <p className="text-muted">
        You log in with your fingerprint, face, PIN or a security key, in the browser and without your password.
      </p>
      {passkeys.length > 0 && (
        <ul aria-label="Your passkeys" className="flex flex-col gap-2">
          {passkeys.map((passkey) => (
            <li
              key={passkey.id}
              className="flex items-center gap-2 rounded-lg bg-surface p-3 ring-1 ring-line ring-inset"
            >
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{passkey.name}</p>
                <p className="text-muted text-sm">{usage(passkey)}</p>
              </div>
              <Button size="sm" aria-label={`Rename ${passkey.name}`} onClick={() => setOpen({ rename: passkey })}>
                Rename…
              </Button>
              <Button size="sm" aria-label={`Remove ${passkey.name}`} onClick={() => setOpen({ remove: passkey })}>
                Remove…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isInBrowser && <BrowserWaiting {...signingIn} />}
      {offer && offer.passkeys !== 'offered' && <p className="text-muted">{whyNot(offer.passkeys)}</p>}
      {offer?.passkeys === 'offered' && !isInBrowser && (
        <Button icon={Fingerprint} className="self-start" onClick={() => setOpen('add')}>
          Add a passkey…
        </Button>
      )}
      {open === 'add' && !isInBrowser && (
        <AddPasskey {...dialog} busy={add.isPending} error={add.error} onAdd={addPasskey} />
      )}
      {typeof open === 'object' && 'rename' in open && <RenamePasskey passkey={open.rename} {...dialog} />}
      {typeof open === 'object' && 'remove' in open && <RemovePasskey passkey={open.remove} {...dialog} />}
    </section>
  );
}

function usage({ createdAt, usedAt }: PasskeyInfo): string {
  const day = (time: number) => new Date(time).toLocaleDateString();
  return `Added ${day(createdAt)}, ${usedAt === undefined ? 'not used yet' : `last used ${day(usedAt)}`}`;
}

function whyNot(offer: 'address' | 'policy' | undefined): string {
  if (offer === 'policy') return 'This cluster wants codes of authenticator apps instead.';
  return offer === 'address'
    ? 'Browsers have no passkeys for an IP address. Connect to the app-service by its host name to add one.'
    : 'Passkeys need an app-service with a host name, which the sandbox has not.';
}
