import { SearchX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { AwsProfile, OwnCredentials } from '../../../../src-shared/contracts/settings.ts';
import { useAct } from '../../../bridge/react.tsx';
import { go } from '../../../state/place.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { CheckResults } from './check-results.tsx';
import { EndpointsField } from './endpoints-field.tsx';
import { RegionField } from './region-field.tsx';
import { RolesField } from './roles-field.tsx';
import { useOwnForm } from './use-own-form.ts';

export interface OwnFormProps {
  profiles: readonly AwsProfile[];
  saved: OwnCredentials | undefined;
  onLookAgain: () => void;
}

/** Profile, region, roles: try them, then use them. */
export function OwnForm({ profiles, saved, onLookAgain }: OwnFormProps) {
  const form = useOwnForm(profiles, saved);
  const { credentials } = form;
  const check = useAct('own.check');
  const use = useAct('own.use');
  const [checked, setChecked] = useState<OwnCredentials>();
  // Results speak of what was tried; after a change they would speak of something else.
  const isCurrent = checked !== undefined && JSON.stringify(checked) === JSON.stringify(credentials);
  const hasWorking = isCurrent && check.data?.some(({ ok }) => ok) === true;

  if (profiles.length === 0) return <NoProfiles onLookAgain={onLookAgain} />;

  const tryThem = (event: FormEvent) => {
    event.preventDefault();
    if (!credentials) return;
    setChecked(credentials);
    check.mutate(credentials);
  };
  const goOver = async () => {
    if (!credentials) return;
    // By the time it has worked, this form may be gone: who was not logged in now is.
    const isDone = await use.mutateAsync(credentials).catch(() => undefined);
    if (isDone) go({ page: 'apps' });
  };
  return (
    <form onSubmit={tryThem} className="flex flex-col gap-5">
      <div className="grid grid-cols-[1fr_14rem] gap-4">
        <Field label="Profile">
          {({ id }) => (
            <Select
              id={id}
              value={form.profile}
              onChange={form.setProfile}
              placeholder="Choose a profile"
              options={profiles.map(({ name, kind, region }) => ({
                value: name,
                label: name,
                about: [kind, region].filter(Boolean).join(' · '),
              }))}
            />
          )}
        </Field>
        <RegionField value={form.region} onChange={form.setRegion} />
      </div>
      <RolesField value={form.roles} onChange={form.setRoles} lines={form.lines} />
      <EndpointsField value={form.endpoints} onChange={form.setEndpoints} />
      <div className="flex items-center gap-2">
        <Button
          type="submit"
          variant={hasWorking ? 'secondary' : 'primary'}
          busy={check.isPending}
          disabled={!credentials}
        >
          Try
        </Button>
        <Button
          variant={hasWorking ? 'primary' : 'secondary'}
          busy={use.isPending}
          disabled={!credentials}
          onClick={() => void goOver()}
        >
          Use these
        </Button>
      </div>
      {use.error && <ErrorView inline error={use.error} />}
      {check.error && <ErrorView inline error={check.error} />}
      {isCurrent && check.data && <CheckResults results={check.data} />}
    </form>
  );
}

function NoProfiles({ onLookAgain }: { onLookAgain: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No AWS profiles on this machine"
      action={<Button onClick={onLookAgain}>Look again</Button>}
    >
      Rolegate looks in <span className="font-mono text-sm text-text">~/.aws/config</span> and{' '}
      <span className="font-mono text-sm text-text">~/.aws/credentials</span>.{' '}
      <span className="font-mono text-sm text-text">aws configure</span> or{' '}
      <span className="font-mono text-sm text-text">aws configure sso</span> makes a profile.
    </EmptyState>
  );
}
