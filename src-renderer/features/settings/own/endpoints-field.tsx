import { ChevronRight, Plus, X } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { type EndpointLine, endpointProblem } from './endpoint-lines.ts';

export interface EndpointsFieldProps {
  value: readonly EndpointLine[];
  onChange: (value: readonly EndpointLine[]) => void;
}

/** For those whose AWS is not at the public addresses: VPC endpoints, LocalStack. */
export function EndpointsField({ value, onChange }: EndpointsFieldProps) {
  const add = () => onChange([...value, { id: Math.max(0, ...value.map(({ id }) => id)) + 1, service: '', url: '' }]);
  const change = (id: number, part: Partial<EndpointLine>) =>
    onChange(value.map((line) => (line.id === id ? { ...line, ...part } : line)));
  return (
    <details open={value.length > 0} className="group">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text">
        <ChevronRight size={14} aria-hidden="true" className="transition-transform group-open:rotate-90" />
        Custom endpoints
      </summary>
      <div className="mt-2.5 flex flex-col gap-2">
        <p className="text-faint text-sm">
          Where requests go instead of AWS’s public addresses. * stands for all services that are not named.
        </p>
        {value.map((line) => {
          const problem = endpointProblem(line);
          return (
            <div key={line.id} className="flex flex-col gap-1">
              <div className="flex items-center gap-2">
                <span className="w-36 shrink-0">
                  <TextInput
                    aria-label="Service"
                    placeholder="dynamodb"
                    value={line.service}
                    onChange={(event) => change(line.id, { service: event.target.value })}
                    className="font-mono"
                  />
                </span>
                <TextInput
                  aria-label="Address"
                  placeholder="http://localhost:4566"
                  aria-invalid={problem !== undefined}
                  value={line.url}
                  onChange={(event) => change(line.id, { url: event.target.value })}
                  className="font-mono"
                />
                <IconButton
                  icon={X}
                  label="Remove this endpoint"
                  onClick={() => onChange(value.filter(({ id }) => id !== line.id))}
                />
              </div>
              {problem !== undefined && <p className="text-bad text-sm">{problem}</p>}
            </div>
          );
        })}
        <Button size="sm" variant="ghost" icon={Plus} onClick={add} className="self-start">
          Add an endpoint
        </Button>
      </div>
    </details>
  );
}
