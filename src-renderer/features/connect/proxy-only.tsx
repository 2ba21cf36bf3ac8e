import { useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorView } from '../shared/error-view.tsx';

/** What the AWS endpoint cannot reach, folded away: most people never need it. */
export function ProxyOnly({ onUseProxy }: { onUseProxy: () => void }) {
  const { data, error, refetch, isFetching } = useRead('gateway.proxyOnly', {});
  if (error) return <ErrorView inline error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (!data) return null;
  return (
    <details className="group rounded-lg ring-1 ring-line ring-inset">
      <summary className="rounded-lg px-3 py-2 text-muted hover:bg-hover focus-visible:outline-2 focus-visible:outline-focus">
        {data.length} services work through the HTTPS proxy only, some of them with single operations
      </summary>
      <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
        <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1 text-sm">
          {data.map(({ service, someOperations, why }) => (
            <div key={service} className="col-span-2 grid grid-cols-subgrid">
              <dt className="select-text font-mono">{service}</dt>
              <dd className="text-muted">
                {someOperations ? 'Some operations: ' : ''}
                {why}
              </dd>
            </div>
          ))}
        </dl>
        <Button size="sm" className="self-start" onClick={onUseProxy}>
          Use the HTTPS proxy
        </Button>
      </div>
    </details>
  );
}
