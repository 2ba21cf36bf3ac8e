import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { useProxyForm } from './use-proxy-form.ts';

/** The proxy of one's network: where it is, who one is there, and what needs no proxy. */
export function OwnProxyFields({ form }: { form: ReturnType<typeof useProxyForm> }) {
  return (
    <div className="flex flex-col gap-4">
      <Field label="Address" error={form.problem}>
        {(control) => (
          <TextInput
            {...control}
            value={form.url}
            maxLength={2048}
            placeholder="http://proxy.example.com:3128"
            className="font-mono"
            onChange={(event) => form.setUrl(event.target.value)}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="User name" hint="Only if the proxy asks for one.">
          {(control) => (
            <TextInput
              {...control}
              value={form.user}
              maxLength={200}
              onChange={(event) => form.setUser(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Password"
          hint={form.isKept ? 'One is kept; type another to change it.' : 'Kept where the login is kept.'}
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              value={form.password}
              maxLength={1024}
              disabled={form.user.trim() === ''}
              placeholder={form.isKept ? '••••••••' : ''}
              onChange={(event) => form.setPassword(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field
        label="Reach directly"
        hint="Hosts with what is under them, divided by commas: .internal.example.com, 10.1.2.3, host:8443"
      >
        {(control) => (
          <TextInput
            {...control}
            value={form.except}
            maxLength={8192}
            className="font-mono"
            onChange={(event) => form.setExcept(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
