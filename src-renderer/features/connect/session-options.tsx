import { useState } from 'react';
import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Switch } from '../../ui/switch.tsx';
import { toastError } from '../shared/error-toast.ts';
import { useSession } from '../workspace/session-context.tsx';
import { OwnKeysDialog } from './own-keys-dialog.tsx';

/** What tools that are set up once and for all need: keys that stay, and an address without TLS. */
export function SessionOptions({ mode }: { mode: GatewayMode }) {
  const { session, isOver } = useSession();
  const keepKeys = useAct('gateway.keepKeys');
  const allowPlainHttp = useAct('gateway.allowPlainHttp');
  const [isChoosing, setChoosing] = useState(false);
  const appSessionId = session.id;
  return (
    <section aria-label="Options" className="flex flex-col gap-4">
      <Switch
        label="Keep these keys"
        about={`The same key pair whenever ${session.role.name} is used, for tools that store their keys.`}
        checked={keepKeys.isPending ? keepKeys.variables.keep : session.keepsKeys}
        disabled={isOver}
        onChange={(keep) => keepKeys.mutate({ appSessionId, keep }, { onError: toastError })}
        action={
          <Button size="sm" disabled={isOver} onClick={() => setChoosing(true)}>
            Use my own…
          </Button>
        }
      />
      {mode === 'endpoint' && (
        <Switch
          label="Allow plain http"
          about="For tools that cannot be told to trust a certificate. Ends with the session, and when Rolegate quits."
          checked={allowPlainHttp.isPending ? allowPlainHttp.variables.allow : session.plainHttp}
          disabled={isOver}
          onChange={(allow) => allowPlainHttp.mutate({ appSessionId, allow }, { onError: toastError })}
        />
      )}
      {mode === 'endpoint' && session.plainHttp && (
        <Notice tone="warn" role="status">
          Plain http is on: other programs on this machine that may watch its network can read what these tools send and
          get.
        </Notice>
      )}
      <OwnKeysDialog open={isChoosing} onClose={() => setChoosing(false)} appSessionId={appSessionId} />
    </section>
  );
}
