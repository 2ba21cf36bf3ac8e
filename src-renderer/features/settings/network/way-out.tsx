import { useId } from 'react';
import type { ProxyChoice, ProxyView } from '../../../../src-shared/contracts/network.ts';
import { cx } from '../../../ui/cx.ts';

export interface WayOutProps {
  view: ProxyView;
  value: ProxyChoice['use'];
  onChange: (use: ProxyChoice['use']) => void;
}

/** The three ways out of this machine, with what the environment says beside its own. */
export function WayOut({ view: { environment }, value, onChange }: WayOutProps) {
  const name = useId();
  const options = [
    { value: 'environment', title: 'As the environment says', about: environmentSays(environment) },
    { value: 'none', title: 'Directly', about: 'Through no proxy, whatever the environment says.' },
    { value: 'own', title: 'Through this proxy', about: 'An HTTP proxy that takes CONNECT.' },
  ] as const;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Way out of this machine</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'flex gap-2.5 rounded-lg p-3 ring-inset has-focus-visible:outline-2 has-focus-visible:outline-focus',
            option.value === value ? 'bg-accent-soft ring-2 ring-accent' : 'ring-1 ring-line hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="flex min-w-0 flex-col gap-0.5">
            <span className="font-medium">{option.title}</span>
            <span className="text-muted text-sm [overflow-wrap:anywhere]">{option.about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function environmentSays({ url, except }: ProxyView['environment']): string {
  if (url === undefined) return 'HTTPS_PROXY was not set when Rolegate started: directly.';
  const exceptions = except === undefined ? '' : `, but directly to ${except.split(/[\s,]+/).join(', ')} (NO_PROXY)`;
  return `Through ${url} (HTTPS_PROXY)${exceptions}.`;
}
