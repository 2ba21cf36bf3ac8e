import { CircleAlert } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import { plural } from '../../shared/format.ts';
import { type RoleLine, withCorrection } from './role-lines.ts';

export interface RolesFieldProps {
  value: string;
  onChange: (value: string) => void;
  lines: readonly RoleLine[];
}

/** The ARNs of the roles to assume, looked over while they are typed. */
export function RolesField({ value, onChange, lines }: RolesFieldProps) {
  const wrong = lines.filter(({ problem }) => problem !== undefined);
  const good = lines.length - wrong.length;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="IAM roles, one ARN a line"
        hint={good > 0 ? `${plural(good, 'role')}.` : 'Like arn:aws:iam::123456789012:role/RoleName'}
      >
        {(control) => (
          <TextArea
            {...control}
            aria-invalid={wrong.length > 0}
            rows={4}
            wrap="off"
            placeholder="arn:aws:iam::123456789012:role/RoleName"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {wrong.length > 0 && (
        <ul aria-label="Problems" className="flex flex-col gap-1.5">
          {wrong.map((line) => (
            <li key={line.line} className="flex items-start gap-2 text-sm">
              <CircleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-bad" />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <span className="text-muted">Line {line.line}:</span> {line.problem?.message}
                {line.problem?.corrected !== undefined && (
                  <span className="mt-1 flex flex-wrap items-center gap-2">
                    <code className="font-mono text-good">{line.problem.corrected}</code>
                    <Button size="sm" onClick={() => onChange(withCorrection(value, line))}>
                      Put it right
                    </Button>
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
