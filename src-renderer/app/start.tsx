import './no-eval.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RolegateClient } from '../bridge/client.ts';
import { createQueryClient } from '../bridge/query-client.ts';
import { ClientProvider } from '../bridge/react.tsx';
import type { LinkedBridge } from '../bridge/types.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

const Toasts = lazy(() => import('../ui/toasts.tsx').then((m) => ({ default: m.Toasts })));

/** Draws the whole page over a bridge: the preload's, the WebSocket's, or a made-up one. */
export function start(bridge: LinkedBridge): void {
  const client = new RolegateClient(bridge);
  const queries = createQueryClient(client);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      {/* The content security policy allows no style elements; ours are all in the style sheet. */}
      <CSPProvider disableStyleElements>
        <ErrorBoundary>
          <ClientProvider value={client}>
            <QueryClientProvider client={queries}>
              <App />
              <Suspense fallback={null}>
                <Toasts />
              </Suspense>
            </QueryClientProvider>
          </ClientProvider>
        </ErrorBoundary>
      </CSPProvider>
    </StrictMode>,
  );
}
