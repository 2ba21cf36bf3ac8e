import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { productionRuleOf } from '../../../src-shared/production/production.ts';
import { useAct, useAppState, useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toastError } from '../shared/error-toast.ts';
import { plural } from '../shared/format.ts';

/** Which sessions count as production, and what is asked for there. */
export function Production() {
  const rules = useAppState((state) => state.production);
  const isSignedIn = useAppState((state) => state.phase === 'signed-in');
  const apps = useRead('apps.list', {}, { enabled: isSignedIn });
  const set = useAct('settings.setProduction');
  const [pattern, setPattern] = useState('');
  const [readsFirst, setReadsFirst] = useState(true);
  const known = (apps.data ?? []).flatMap((app) => app.roles.map((role) => ({ app: app.name, role })));
  const matching = (text: string) => known.filter((one) => productionRuleOf([{ pattern: text, readsFirst }], one));
  const typed = pattern.trim();
  const save = (next: typeof rules) => set.mutate({ rules: next }, { onError: toastError });
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (typed === '') return;
    save([...rules.filter((rule) => rule.pattern !== typed), { pattern: typed, readsFirst }]);
    setPattern('');
  };
  return (
    <>
      <p className="text-muted">
        Sessions that one of these is for are marked in red, and every change that you make with them here is confirmed
        by typing what it changes. Tools at the gateway are not touched by it.
      </p>
      {rules.length === 0 ? (
        <p className="rounded-lg bg-sunken px-3 py-2.5 text-muted">Nothing is marked as production yet.</p>
      ) : (
        <ul aria-label="Production rules" className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
          {rules.map((rule) => (
            <li key={rule.pattern} className="flex items-center gap-3 px-3 py-2">
              <code className="min-w-0 flex-1 break-all font-mono text-sm">{rule.pattern}</code>
              <Checkbox
                checked={rule.readsFirst}
                disabled={set.isPending}
                onChange={(on) => save(rules.map((one) => (one === rule ? { ...one, readsFirst: on } : one)))}
              >
                Begins read-only
              </Checkbox>
              <IconButton
                size="sm"
                icon={Trash2}
                label={`Remove ${rule.pattern}`}
                disabled={set.isPending}
                onClick={() => save(rules.filter((one) => one !== rule))}
              />
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex flex-col gap-3">
        <Field
          label="Account number, app, or name or ARN of a role"
          hint={
            typed === '' || known.length === 0
              ? 'A * stands for any characters: *prod*, 1234*, arn:aws:iam::*:role/Admin'
              : `${plural(matching(typed).length, 'role')} of ${known.length} that you have`
          }
        >
          {(control) => (
            <TextInput
              {...control}
              value={pattern}
              maxLength={300}
              spellCheck={false}
              onChange={(event) => setPattern(event.target.value)}
            />
          )}
        </Field>
        <Checkbox
          checked={readsFirst}
          onChange={setReadsFirst}
          hint="The table browser writes there only after you have allowed it in the bar above the tables."
        >
          Begins read-only
        </Checkbox>
        <Button type="submit" icon={Plus} className="self-start" disabled={typed === ''} busy={set.isPending}>
          Mark as production
        </Button>
      </form>
    </>
  );
}
