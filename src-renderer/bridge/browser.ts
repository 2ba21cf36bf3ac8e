import { WebSocketBridge } from './websocket.ts';

const secretKey = 'rolegate.secret';

/** The bridge of a page that the main process serves over loopback HTTP, in the person's own browser. */
export function browserBridge(): WebSocketBridge {
  return new WebSocketBridge({
    open: () => new WebSocket(`ws://${location.host}/ws`),
    takeToken,
    loadSecret: () => sessionStorage.getItem(secretKey) ?? undefined,
    saveSecret: (secret) => sessionStorage.setItem(secretKey, secret),
    after: (milliseconds, run) => setTimeout(run, milliseconds),
  });
}

/** The token leaves the address bar and the history before anything else happens. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
