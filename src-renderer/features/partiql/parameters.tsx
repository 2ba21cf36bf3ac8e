import { emptyParameter, type PartiqlPlan, parameterName } from '../../../src-shared/partiql/plan.ts';
import type { TypedAs } from '../../../src-shared/reading/criteria.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { typeOptions } from '../tables/query/operators.ts';
import { type Draft, withParameter } from './partiql-work.ts';

export interface ParametersProps {
  draft: Draft;
  plan: PartiqlPlan;
  onChange: (changes: Partial<Draft>) => void;
}

/** The values for each `?` of what would run, with their types. */
export function Parameters({ draft, plan, onChange }: ParametersProps) {
  const asked = plan.chosen.flatMap(({ statement, at }) =>
    Array.from({ length: statement.parameters }, (_, place) => ({ at, place })),
  );
  if (asked.length === 0) return null;
  return (
    <section
      aria-label="Parameters"
      className="flex max-h-36 shrink-0 flex-wrap gap-x-4 gap-y-1.5 overflow-y-auto border-line border-b bg-canvas px-3 py-2"
    >
      {asked.map(({ at, place }) => {
        const name = parameterName(at, place, plan.chosen.length);
        const { type, text } = draft.parameters[at]?.[place] ?? emptyParameter;
        const set = (changes: Partial<{ type: TypedAs; text: string }>) =>
          onChange({ parameters: withParameter(draft.parameters, at, place, changes) });
        return (
          <div key={name} className="flex items-center gap-1.5">
            <span className="text-muted text-sm">
              {plan.chosen.length > 1 ? `${at + 1}.${place + 1}` : `?${place + 1}`}
            </span>
            <Select
              size="sm"
              label={`Type of ${name}`}
              placeholder="S"
              value={type}
              onChange={(next) => set({ type: next as TypedAs, ...(next === 'BOOL' && { text: 'true' }) })}
              options={typeOptions}
              className="min-w-14 font-mono"
            />
            <ParameterValue name={name} type={type} text={text} onChange={(next) => set({ text: next })} />
          </div>
        );
      })}
    </section>
  );
}

interface ParameterValueProps {
  name: string;
  type: TypedAs;
  text: string;
  onChange: (text: string) => void;
}

function ParameterValue({ name, type, text, onChange }: ParameterValueProps) {
  if (type === 'NULL') return <span className="text-muted text-sm">null</span>;
  if (type === 'BOOL') {
    return (
      <Select
        size="sm"
        label={name}
        placeholder="true or false"
        value={text}
        onChange={onChange}
        options={[
          { value: 'true', label: 'true' },
          { value: 'false', label: 'false' },
        ]}
        className="min-w-28"
      />
    );
  }
  return (
    <TextInput
      size="sm"
      aria-label={name}
      placeholder={type === 'JSON' ? '{"SS":["a","b"]}' : type === 'B' ? 'base64' : ''}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      className="w-48!"
    />
  );
}
