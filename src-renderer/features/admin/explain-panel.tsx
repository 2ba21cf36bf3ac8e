import { CircleCheck, CircleX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { AccessExplanation } from '../../../src-shared/contracts/admin-api.ts';
import { useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';

/** May this user assume this IAM role through this app? */
export interface Question {
  user: string;
  app: string;
  roleArn: string;
}

const fields = [
  { key: 'user', label: 'May the user', placeholder: 'alice' },
  { key: 'roleArn', label: 'assume the IAM role', placeholder: 'arn:aws:iam::123456789012:role/…' },
  { key: 'app', label: 'through the app', placeholder: 'aws' },
] as const;

const isWhole = ({ user, app, roleArn }: Question) => user !== '' && app !== '' && roleArn !== '';

/** Asks why, or why not. */
export function ExplainPanel({ initial }: { initial: Question }) {
  const [question, setQuestion] = useState(initial);
  const [asked, setAsked] = useState(initial);
  const answer = useRead('access.explain', asked, { enabled: isWhole(asked), staleTime: 0 });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setAsked(question);
    if (JSON.stringify(question) === JSON.stringify(asked)) void answer.refetch();
  };
  return (
    <aside aria-label="Ask why" className="flex w-80 shrink-0 flex-col gap-4 overflow-y-auto border-line border-l pl-6">
      <form onSubmit={ask} className="flex flex-col gap-3">
        {fields.map(({ key, label, placeholder }) => (
          <Field key={key} label={label}>
            {(control) => (
              <TextInput
                {...control}
                placeholder={placeholder}
                value={question[key]}
                onChange={(event) => setQuestion({ ...question, [key]: event.target.value.trim() })}
              />
            )}
          </Field>
        ))}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          disabled={!isWhole(question)}
          busy={answer.isFetching}
        >
          Ask
        </Button>
      </form>
      {isWhole(asked) &&
        (answer.error ? (
          <ErrorView inline error={answer.error} />
        ) : answer.data ? (
          <Answer explanation={answer.data} />
        ) : (
          <SkeletonLines lines={3} />
        ))}
    </aside>
  );
}

function Answer({ explanation: { decision, roles, missingRoles } }: { explanation: AccessExplanation }) {
  const { allowed, because, rule, options } = decision;
  const Icon = allowed ? CircleCheck : CircleX;
  return (
    <div role="status" className="flex flex-col gap-4">
      <div className={cx('flex gap-2.5 rounded-lg px-3 py-2.5', allowed ? 'bg-good-soft' : 'bg-bad-soft')}>
        <Icon size={16} aria-hidden="true" className={cx('mt-0.5 shrink-0', allowed ? 'text-good' : 'text-bad')} />
        <div className="flex min-w-0 flex-col gap-1 [overflow-wrap:anywhere]">
          <p className="font-medium">{allowed ? 'Yes' : 'No'}</p>
          <p>{because}</p>
          {rule && (
            <p className="font-mono text-muted text-xs">
              {rule.role}: {rule.side}.{rule.field}
              {rule.entry !== undefined && ` ${rule.entry}`}
            </p>
          )}
          {options?.readOnly === true && <p className="text-muted">The session can only read.</p>}
        </div>
      </div>
      <h2 className="font-medium text-muted text-sm">The user’s roles</h2>
      <ul className="-mt-2 flex flex-col gap-3">
        {roles.map((role) => (
          <RoleStand key={role.role} role={role} />
        ))}
        {missingRoles.map((name) => (
          <li key={name} className="text-warn">
            {name}: there is no such role.
          </li>
        ))}
        {roles.length + missingRoles.length === 0 && <li className="text-muted">The user has no roles.</li>}
      </ul>
    </div>
  );
}

/** How one role stands to the question. */
function RoleStand({ role }: { role: AccessExplanation['roles'][number] }) {
  const facts = [
    role.appMatches ? 'allows the app' : 'does not allow the app',
    role.arnEntry === undefined ? 'does not allow the IAM role' : `allows the IAM role by ${role.arnEntry}`,
    ...(role.deniesApp ? ['denies the app'] : []),
    ...(role.denyEntry === undefined ? [] : [`denies the IAM role by ${role.denyEntry}`]),
  ];
  return (
    <li className="flex flex-col gap-0.5 [overflow-wrap:anywhere]">
      <span className="font-medium">{role.role}</span>
      <span className="text-muted text-sm">{facts.join('; ')}</span>
      {role.dropped.map((dropped) => (
        <span key={dropped} className="text-sm text-warn">
          Dropped: {dropped}
        </span>
      ))}
    </li>
  );
}
