import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import type { Cancellation } from '../../../src-shared/cancellation.ts';
import type { AwsCall, AwsReply, ChainGrant } from '../../../src-shared/contracts/aws-call.ts';
import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import type { RefusalReport } from '../../../src-shared/contracts/refusal-report.ts';
import type { GatewayState } from '../../../src-shared/contracts/state.ts';
import { openSecretStore } from '../../session/secret-store.ts';
import { openLocalCa } from '../ca.ts';
import { createGateway } from '../gateway.ts';
import type { KeyHolder } from '../key-holder.ts';
import { defaultLimits, type GatewayLimits } from '../limits.ts';
import { createPassThrough } from '../pass-through.ts';
import { bodyOf, holder, signedHeaders, type ToSign } from './signed.ts';

export const awsHost = 'dynamodb.us-east-1.amazonaws.com';

/** A gateway on real sockets, with an app-service behind it that a test speaks for. */
export class TestGateway {
  calls: { call: AwsCall; body: string }[] = [];
  faults: unknown[] = [];
  chains: [string, ChainGrant][] = [];
  refused: RefusalReport[] = [];
  answer!: (call: AwsCall, cancellation: Cancellation) => Promise<AwsReply> | AwsReply;
  /** What happens to a call's body before it is answered. */
  readBody!: (call: AwsCall) => Promise<string>;
  holders!: KeyHolder[];
  time: number | undefined;
  state!: GatewayState;
  readonly ports = { proxy: 0, endpoint: 0 };
  caPem = '';
  readonly gateway: ReturnType<typeof createGateway>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'rolegate-gateway-'));
  #throughProxy!: ProxyAgent;
  #toEndpoint!: Agent;

  private constructor(secrets: Awaited<ReturnType<typeof openSecretStore>>, limits: GatewayLimits, awsOrigin: string) {
    const now = () => this.time ?? Date.now();
    this.reset();
    this.gateway = createGateway({
      openCa: (renew) => openLocalCa({ folder: this.#folder, secrets, secretName: 'ca', now, renew }),
      handling: {
        findKeyHolder: (id) => this.holders.find(({ accessKeyId }) => accessKeyId === id),
        forward: async (call, cancellation) => {
          this.calls.push({ call, body: await this.readBody(call) });
          return this.answer(call, cancellation);
        },
        onChain: (...chain) => void this.chains.push(chain),
        onRefused: (report) => void this.refused.push(report),
        passThrough: createPassThrough(() => awsOrigin),
        onFault: (error) => this.faults.push(error),
        limits,
        now,
      },
      ports: { proxy: 23456, endpoint: 23457 },
      onChange: (changed) => {
        this.state = changed;
      },
    });
  }

  /** @param awsOrigin who answers, in AWS's place, what is not signed with our keys; nobody when left out */
  static async start({
    limits = {},
    awsOrigin = 'http://127.0.0.1:1',
  }: {
    limits?: Partial<GatewayLimits>;
    awsOrigin?: string;
  } = {}) {
    const secrets = await openSecretStore({ wanted: 'memory', homeId: 'test', file: '' });
    const test = new TestGateway(secrets, { ...defaultLimits, ...limits }, awsOrigin);
    test.ports.proxy = (await test.gateway.open('proxy', 0)).port;
    test.ports.endpoint = (await test.gateway.open('endpoint', 0)).port;
    await test.trust();
    return test;
  }

  /** Forgets what was, and answers everything with an empty list of tables. */
  reset(): void {
    this.calls = [];
    this.faults = [];
    this.chains = [];
    this.refused = [];
    this.time = undefined;
    this.holders = [holder];
    this.readBody = bodyOf;
    this.answer = () => ({
      status: 200,
      headers: [['X-Amzn-RequestId', 'aws-1']],
      body: Buffer.from('{"TableNames":[]}'),
    });
  }

  /** Reads the bundle of the local authority, as a tool does when it starts. */
  async trust(): Promise<void> {
    await this.#throughProxy?.destroy();
    await this.#toEndpoint?.destroy();
    this.caPem = readFileSync((await this.gateway.ca()).bundleFile, 'utf8');
    this.#throughProxy = new ProxyAgent({
      uri: `http://127.0.0.1:${this.ports.proxy}`,
      requestTls: { ca: this.caPem },
    });
    this.#toEndpoint = new Agent({ connect: { ca: this.caPem } });
  }

  hostOf(mode: GatewayMode): string {
    return mode === 'proxy' ? awsHost : `127.0.0.1:${this.ports.endpoint}`;
  }

  dispatcherOf(mode: GatewayMode): Dispatcher {
    return mode === 'proxy' ? this.#throughProxy : this.#toEndpoint;
  }

  /** Sends a DynamoDB request; `change` alters it after it was signed. */
  async send(mode: GatewayMode, toSign: Partial<ToSign> = {}, change: Partial<Dispatcher.RequestOptions> = {}) {
    const host = toSign.host ?? this.hostOf(mode);
    const { path = '/', query = '' } = toSign;
    const { statusCode, headers, body } = await request(`https://${this.hostOf(mode)}`, {
      dispatcher: this.dispatcherOf(mode),
      method: toSign.method ?? 'POST',
      path: query === '' ? path : `${path}?${query}`,
      headers: signedHeaders({ ...toSign, host }),
      body: toSign.body ?? '{}',
      ...change,
    } as never);
    const text = await body.text();
    const error = statusCode < 400 || !text.startsWith('{') ? undefined : (JSON.parse(text) as AwsError);
    return { status: statusCode, headers, text, error };
  }

  /** A bare connection to one of the ports. */
  open(mode: GatewayMode): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connectPlain(this.ports[mode], '127.0.0.1', () => resolve(socket));
      socket.on('error', () => undefined);
    });
  }

  /** Writes text to a port and reads until the other side ends the connection. */
  async ask(mode: GatewayMode, text: string): Promise<string> {
    const socket = await this.open(mode);
    socket.write(text, 'latin1');
    return readAll(socket);
  }

  /** A tunnel to an AWS host with TLS inside, as far as it comes. */
  async tunnel(connectTo = awsHost, servername = connectTo): Promise<TLSSocket> {
    const socket = await this.open('proxy');
    socket.write(`CONNECT ${connectTo}:443 HTTP/1.1\r\nHost: ${connectTo}:443\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    const secured = connectTls({ socket, servername, ca: this.caPem, checkServerIdentity: () => undefined });
    secured.on('error', () => undefined);
    return secured;
  }

  /** A TLS connection to a port. */
  async secure(mode: GatewayMode): Promise<TLSSocket> {
    const secured = connectTls({ socket: await this.open(mode), servername: 'localhost', ca: this.caPem });
    secured.on('error', () => undefined);
    return secured;
  }

  /** A connection on which requests can be written as they are: through a tunnel, or to the endpoint. */
  inside(mode: GatewayMode): Promise<TLSSocket> {
    return mode === 'proxy' ? this.tunnel() : this.secure('endpoint');
  }

  async stop(): Promise<void> {
    await this.#throughProxy.destroy();
    await this.#toEndpoint.destroy();
    await this.gateway.close();
    rmSync(this.#folder, { recursive: true });
  }
}

interface AwsError {
  __type: string;
  message: string;
}

/** All that comes until the other side ends. */
export async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += (chunk as Buffer).toString('latin1');
  return text;
}
