import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import type { AccountInfo } from '../../../../src-shared/contracts/account-api.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { AddAuthenticator } from './add-authenticator.tsx';
import { RemoveAuthenticator } from './remove-authenticator.tsx';

export interface AuthenticatorProps {
  user: string;
  account: AccountInfo;
  onChanged: () => void;
}

/** The authenticator app: whether there is one, and adding or removing it. */
export function Authenticator({ user, account: { authenticator, secondFactor }, onChanged }: AuthenticatorProps) {
  const [open, setOpen] = useState<'add' | 'remove'>();
  const close = () => setOpen(undefined);
  return (
    <section aria-labelledby="authenticator" className="flex flex-col gap-3">
      <h2 id="authenticator" className="font-semibold">
        Authenticator app
      </h2>
      {authenticator ? (
        <>
          <Notice tone="good">You log in with a code of your authenticator app, along with your password.</Notice>
          {secondFactor === 'required' ? (
            <p className="text-muted">This cluster wants a second factor, so it cannot be removed.</p>
          ) : (
            <Button className="self-start" onClick={() => setOpen('remove')}>
              Remove the authenticator…
            </Button>
          )}
        </>
      ) : (
        <>
          <p className="text-muted">
            An app on your phone shows a new code every 30 seconds. With it, your password alone opens nothing.
          </p>
          <Button icon={Smartphone} className="self-start" onClick={() => setOpen('add')}>
            Add an authenticator app…
          </Button>
        </>
      )}
      <AddAuthenticator open={open === 'add'} user={user} onClose={close} onAdded={onChanged} />
      <RemoveAuthenticator open={open === 'remove'} onClose={close} onRemoved={onChanged} />
    </section>
  );
}
