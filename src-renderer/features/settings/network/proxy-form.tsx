import { type FormEvent, useState } from 'react';
import type { ProxyChoice, ProxyView } from '../../../../src-shared/contracts/network.ts';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.ts';
import { ErrorView } from '../../shared/error-view.tsx';
import { OwnProxyFields } from './own-proxy-fields.tsx';
import { ReachResults } from './reach-results.tsx';
import { useProxyForm } from './use-proxy-form.ts';
import { WayOut } from './way-out.tsx';

/** Which proxy to go through, if any: try it, then use it. */
export function ProxyForm({ view, onSaved }: { view: ProxyView; onSaved: () => void }) {
  const form = useProxyForm(view);
  const { choice } = form;
  const check = useAct('network.check');
  const choose = useAct('network.choose');
  const [checked, setChecked] = useState<ProxyChoice>();
  // Results speak of what was tried; after a change they would speak of something else.
  const isCurrent = checked !== undefined && JSON.stringify(checked) === JSON.stringify(choice);

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!choice) return;
    choose.mutate(choice, {
      onSuccess: () => {
        form.setPassword('');
        onSaved();
        toast({ title: 'New connections go this way; sessions go on' });
      },
    });
  };
  const tryIt = () => {
    if (!choice) return;
    setChecked(choice);
    check.mutate(choice);
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-5">
      <WayOut view={view} value={form.use} onChange={form.setUse} />
      {form.use === 'own' && <OwnProxyFields form={form} />}
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" busy={choose.isPending} disabled={!choice}>
          Save
        </Button>
        <Button busy={check.isPending} disabled={!choice} onClick={tryIt}>
          Check
        </Button>
      </div>
      {choose.error && <ErrorView inline error={choose.error} />}
      {check.error && <ErrorView inline error={check.error} />}
      {isCurrent && check.data && <ReachResults results={check.data} />}
    </form>
  );
}
