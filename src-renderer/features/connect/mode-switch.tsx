import { useId } from 'react';
import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import { cx } from '../../ui/cx.ts';

const modes = [
  {
    value: 'proxy',
    title: 'HTTPS proxy',
    about: 'For the aws CLI, SDKs, Terraform: anything that honours HTTPS_PROXY. Every AWS service and region works.',
  },
  {
    value: 'endpoint',
    title: 'AWS endpoint',
    about: 'For tools that take an endpoint address instead: dynamodb-admin, endpoint_url in boto3, many GUIs.',
  },
] as const;

/** Which of the two ways to use the gateway, and when which is the right one. */
export function ModeSwitch({ value, onChange }: { value: GatewayMode; onChange: (mode: GatewayMode) => void }) {
  const name = useId();
  return (
    <fieldset className="grid grid-cols-2 gap-3">
      <legend className="sr-only">Way to connect</legend>
      {modes.map((mode) => (
        <label
          key={mode.value}
          className={cx(
            'relative flex gap-2.5 rounded-lg p-3 ring-inset has-focus-visible:outline-2 has-focus-visible:outline-focus',
            mode.value === value ? 'bg-accent-soft ring-2 ring-accent' : 'ring-1 ring-line hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            checked={mode.value === value}
            onChange={() => onChange(mode.value)}
            className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="flex flex-col gap-0.5">
            <span className="font-medium">{mode.title}</span>
            <span className="text-muted text-sm">{mode.about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
