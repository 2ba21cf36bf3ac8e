import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RolegateClient } from '../bridge/client.ts';
import { createQueryClient } from '../bridge/query-client.ts';
import { ClientProvider } from '../bridge/react.tsx';
import type { LinkedBridge } from '../bridge/types.ts';
import { Toasts } from '../ui/toasts.tsx';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

/** Draws the whole page over a bridge: the preload's, the WebSocket's, or a made-up one. */
export function start(bridge: LinkedBridge): void {
  const client = new RolegateClient(bridge);
  const queries = createQueryClient(client);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <ErrorBoundary>
          <ClientProvider value={client}>
            <QueryClientProvider client={queries}>
              <Tooltip.Provider>
                <App />
                <Toasts />
              </Tooltip.Provider>
            </QueryClientProvider>
          </ClientProvider>
        </ErrorBoundary>
      </CSPProvider>
    </StrictMode>,
  );
}
