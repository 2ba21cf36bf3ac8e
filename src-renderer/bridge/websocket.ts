import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { CallResult } from '../../src-shared/contracts/calls.ts';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import type { ErrorData } from '../../src-shared/errors.ts';
import { Listeners } from './listeners.ts';
import type { LinkedBridge, LinkStatus } from './types.ts';
import type { ClientMessage, ServerMessage } from './websocket-messages.ts';

/** What the bridge needs of its surroundings, so that tests can stand in for them. */
export interface WebSocketSurroundings {
  /** Opens a connection to where the page came from. */
  open(): WebSocket;
  /** The token of the page's address, taken out of it; undefined when there is none (any more). */
  takeToken(): string | undefined;
  loadSecret(): string | undefined;
  saveSecret(secret: string): void;
  /** Runs something later. */
  after(milliseconds: number, run: () => void): void;
}

const unavailable: ErrorData = {
  code: 'unavailable',
  message: 'The connection to Rolegate was lost.',
  hint: 'If Rolegate has been quit, start it again.',
  retryable: true,
  needsLogin: false,
};

const expired: ErrorData = {
  code: 'needs_login',
  message: 'This address has expired.',
  hint: 'Start Rolegate again; it prints a new one.',
  retryable: false,
  needsLogin: false,
};

/** How long to wait before each next attempt to connect; the last one repeats. */
const delays = [250, 500, 1000, 2000, 5000];

/** The bridge of browser mode: calls and state over one WebSocket that comes back when it is lost. */
export class WebSocketBridge implements LinkedBridge {
  readonly platform = 'browser';
  private readonly surroundings: WebSocketSurroundings;
  private readonly states = new Listeners<StatePatch>();
  private readonly links = new Listeners<LinkStatus>();
  private readonly pending = new Map<number, (result: CallResult) => void>();
  /** Calls made before the first welcome; they are sent as soon as there is somebody to send them to. */
  private early: ClientMessage[] | undefined = [];
  /** Until it has been exchanged for a secret. */
  private token: string | undefined;
  private socket: WebSocket | undefined;
  private link: LinkStatus | undefined;
  private nextId = 1;
  private failures = 0;

  constructor(surroundings: WebSocketSurroundings) {
    this.surroundings = surroundings;
    this.token = surroundings.takeToken();
    this.connect();
  }

  call(name: CallName, input: unknown): Promise<CallResult> {
    if (this.link?.at === 'down' || this.link?.at === 'refused') return Promise.resolve(failed());
    const message: ClientMessage = { type: 'call', id: this.nextId++, name, input };
    return new Promise((resolve) => {
      this.pending.set(message.id, resolve);
      if (this.early) this.early.push(message);
      else this.send(message);
    });
  }

  onState(listener: (patch: StatePatch) => void): () => void {
    return this.states.add(listener);
  }

  onLink(listener: (status: LinkStatus) => void): () => void {
    if (this.link) listener(this.link);
    return this.links.add(listener);
  }

  private connect(): void {
    const hello = this.hello();
    if (!hello) {
      this.setLink({ at: 'refused', error: expired });
      return;
    }
    const socket = this.surroundings.open();
    this.socket = socket;
    socket.onopen = () => this.send(hello);
    socket.onmessage = (event) => this.receive(JSON.parse(String(event.data)) as ServerMessage);
    socket.onclose = () => this.lost();
  }

  private hello(): ClientMessage | undefined {
    if (this.token !== undefined) return { type: 'hello', token: this.token };
    const secret = this.surroundings.loadSecret();
    return secret === undefined ? undefined : { type: 'hello', secret };
  }

  private receive(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.surroundings.saveSecret(message.secret);
        this.token = undefined;
        this.failures = 0;
        this.setLink({ at: 'up' });
        for (const call of this.early ?? []) this.send(call);
        this.early = undefined;
        return;
      case 'refused':
        this.setLink({ at: 'refused', error: message.error });
        return;
      case 'result':
        this.pending.get(message.id)?.(message.result);
        this.pending.delete(message.id);
        return;
      case 'state':
        this.states.tell(message.patch);
    }
  }

  private lost(): void {
    this.early = undefined;
    for (const resolve of this.pending.values()) resolve(failed());
    this.pending.clear();
    if (this.link?.at === 'refused') return;
    this.setLink({ at: 'down' });
    const delay = delays[Math.min(this.failures++, delays.length - 1)]!;
    this.surroundings.after(delay, () => this.connect());
  }

  private send(message: ClientMessage): void {
    this.socket?.send(JSON.stringify(message));
  }

  private setLink(status: LinkStatus): void {
    if (status.at === this.link?.at) return;
    this.link = status;
    this.links.tell(status);
  }
}

function failed(): CallResult {
  return { ok: false, error: unavailable };
}
