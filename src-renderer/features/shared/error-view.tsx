import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { toErrorData } from '../../../src-shared/errors.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';

export interface ErrorViewProps {
  error: unknown;
  /** Reads again. Offered for every error: what AWS refuses now, it may allow once a policy has been changed. */
  onRetry?: (() => void) | undefined;
  busy?: boolean;
  /** Left-aligned and small, for panels and forms; otherwise it stands in the middle of the room it has. */
  inline?: boolean;
  /** Another way out. */
  action?: ReactNode;
}

/** An error as a person should meet it: what was wrong, what to do, a way out, and what support would ask for. */
export function ErrorView({ error, onRetry, busy = false, inline = false, action }: ErrorViewProps) {
  const client = useClient();
  const data = toErrorData(error);
  const isLogin = data.code === 'needs_login' && client.hasLogin();
  return (
    <div
      role="alert"
      className={cx(
        'flex gap-3',
        inline
          ? 'rounded-lg bg-bad-soft px-3 py-2.5'
          : 'h-full flex-col items-center justify-center px-6 py-10 text-center',
      )}
    >
      <CircleAlert
        size={inline ? 16 : 24}
        strokeWidth={inline ? 2 : 1.7}
        aria-hidden="true"
        className={cx('shrink-0 text-bad', inline && 'mt-0.5')}
      />
      <div className={cx('flex min-w-0 flex-col gap-2.5', inline ? 'flex-1' : 'max-w-lg items-center')}>
        <div className="flex flex-col gap-1 [overflow-wrap:anywhere]">
          <p className="font-medium text-text">{data.message}</p>
          {data.hint !== undefined && <p className="text-muted">{data.hint}</p>}
        </div>
        {(onRetry || isLogin || action !== undefined) && (
          <div className={cx('flex flex-wrap gap-2', !inline && 'justify-center')}>
            {isLogin && (
              <Button size="sm" variant="primary" onClick={() => client.gate.ask(data)}>
                Log in
              </Button>
            )}
            {onRetry && !isLogin && (
              <Button size="sm" busy={busy} onClick={onRetry}>
                Try again
              </Button>
            )}
            {action}
          </div>
        )}
        <Reference awsCode={data.awsCode} requestId={data.requestId} />
      </div>
    </div>
  );
}

/** What to tell whoever is asked for help. */
function Reference({ awsCode, requestId }: { awsCode: string | undefined; requestId: string | undefined }) {
  const parts = [awsCode, requestId && `request ${requestId}`].filter((part) => part !== undefined && part !== '');
  if (parts.length === 0) return null;
  return (
    <div className="flex min-w-0 items-center gap-1 font-mono text-faint text-xs">
      <span className="min-w-0 [overflow-wrap:anywhere]">{parts.join(' · ')}</span>
      <CopyButton text={parts.join(' ')} label="Copy the error's reference" className="h-5 w-5" />
    </div>
  );
}
