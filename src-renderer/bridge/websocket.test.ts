import { beforeEach, describe, expect, it } from 'vitest';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { LinkStatus } from './types.ts';
import { WebSocketBridge } from './websocket.ts';
import type { ServerMessage } from './websocket-messages.ts';

/** As much of a WebSocket as the bridge uses, with the server's side in the test's hands. */
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: unknown[] = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  receive(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let sockets: FakeSocket[];
let secret: string | undefined;
let later: { milliseconds: number; run: () => void }[];

function bridgeWith(token: string | undefined): { bridge: WebSocketBridge; links: LinkStatus[] } {
  const bridge = new WebSocketBridge({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    takeToken: () => token,
    loadSecret: () => secret,
    saveSecret: (value) => {
      secret = value;
    },
    after: (milliseconds, run) => later.push({ milliseconds, run }),
  });
  const links: LinkStatus[] = [];
  bridge.onLink((status) => links.push(status));
  return { bridge, links };
}

beforeEach(() => {
  sockets = [];
  secret = undefined;
  later = [];
});

describe('WebSocketBridge', () => {
  it('exchanges the token for a secret and sends the calls that were made before', async () => {
    const { bridge, links } = bridgeWith('one-time');
    const result = bridge.call('state.get', {});
    sockets[0]!.onopen!();
    expect(sockets[0]!.sent).toEqual([{ type: 'hello', token: 'one-time' }]);
    sockets[0]!.receive({ type: 'welcome', secret: 's3cret' });
    expect(secret).toBe('s3cret');
    expect(links).toEqual([{ at: 'up' }]);
    expect(sockets[0]!.sent[1]).toEqual({ type: 'call', id: 1, name: 'state.get', input: {} });
    const answer: CallResult = { ok: true, output: { revision: 1 } };
    sockets[0]!.receive({ type: 'result', id: 1, result: answer });
    expect(await result).toEqual(answer);
  });

  it('comes back with the secret, waiting longer each time, and fails calls meanwhile', async () => {
    const { bridge, links } = bridgeWith('one-time');
    sockets[0]!.receive({ type: 'welcome', secret: 's3cret' });
    const cutOff = bridge.call('apps.list', {});
    sockets[0]!.onclose!();
    expect(await cutOff).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await bridge.call('apps.list', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    later[0]!.run();
    sockets[1]!.onclose!();
    expect(later.map((entry) => entry.milliseconds)).toEqual([250, 500]);
    later[1]!.run();
    sockets[2]!.onopen!();
    expect(sockets[2]!.sent).toEqual([{ type: 'hello', secret: 's3cret' }]);
    sockets[2]!.receive({ type: 'welcome', secret: 's3cret' });
    expect(links.map((link) => link.at)).toEqual(['up', 'down', 'up']);
  });

  it('tries an unused token again when the first connection fails', () => {
    bridgeWith('one-time');
    sockets[0]!.onclose!();
    later[0]!.run();
    sockets[1]!.onopen!();
    expect(sockets[1]!.sent).toEqual([{ type: 'hello', token: 'one-time' }]);
  });

  it('stops when it is refused, and when it has nothing to show', () => {
    const { links } = bridgeWith('dead');
    const error = { code: 'needs_login', message: 'No.', retryable: false, needsLogin: false } as const;
    sockets[0]!.receive({ type: 'refused', error });
    sockets[0]!.onclose!();
    expect(links).toEqual([{ at: 'refused', error }]);
    expect(later).toEqual([]);
    expect(bridgeWith(undefined).links).toMatchObject([{ at: 'refused' }]);
  });
});
