import { useState } from 'react';
import { endsSoon } from '../../../src-shared/local-authority.ts';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.ts';
import { toastError } from '../shared/error-toast.ts';
import { formatDay } from '../shared/format.ts';

/** Says that the certificate that tools trust will end soon, while it still holds; draws nothing before that. */
export function CertificateNotice() {
  const expiresAt = useAppState((state) => state.gateway.caExpiresAt);
  if (!endsSoon(expiresAt, Date.now())) return null;
  return (
    <Notice tone="warn" role="status" action={<RenewButton />}>
      The certificate that your tools trust ends on {formatDay(expiresAt)}.
    </Notice>
  );
}

/** The local certificate authority: until when it holds, and a new one. */
export function Certificate() {
  const { caExpiresAt, caFile } = useAppState((state) => state.gateway);
  return (
    <section aria-label="Certificate" className="flex flex-col gap-2">
      <h2 className="font-medium">Certificate</h2>
      <div className="flex items-center justify-between gap-6 rounded-lg bg-sunken p-3">
        {caExpiresAt === undefined ? (
          <p className="text-muted">It is made when the gateway first runs.</p>
        ) : (
          <>
            <div className="min-w-0">
              <p>Valid until {formatDay(caExpiresAt)}</p>
              <p className="select-text font-mono text-muted text-sm [overflow-wrap:anywhere]">{caFile}</p>
            </div>
            <RenewButton />
          </>
        )}
      </div>
    </section>
  );
}

function RenewButton() {
  const [isAsking, setAsking] = useState(false);
  const renew = useAct('gateway.renewCa');
  const run = () =>
    renew
      .mutateAsync({})
      .then(() => toast({ title: 'There is a new certificate: start your tools again' }), toastError)
      .finally(() => setAsking(false));
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Renew…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Make a new certificate?"
        action="Make a new certificate"
        busy={renew.isPending}
        onConfirm={() => void run()}
      >
        The file keeps its name. Tools read it when they start: those that run now have to be started again, and a copy
        of it elsewhere (a Java trust store, a container image) has to be made again.
      </ConfirmDialog>
    </>
  );
}
