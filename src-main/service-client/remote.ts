import { Readable } from 'node:stream';
import { type Dispatcher, Pool } from 'undici';
import { z } from 'zod';
import type { Cancellation } from '../../src-shared/cancellation.ts';
import type { AwsCall, AwsReply, Body, Header } from '../../src-shared/contracts/aws-call.ts';
import { errorData } from '../../src-shared/contracts/common.ts';
import {
  appInfo,
  appSessionGrant,
  consoleGrant,
  type ForwardHead,
  loginGrant,
  replyHead,
  type ServiceEvent,
  serviceEvent,
  serviceInfo,
  userInfo,
} from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { encodeHead, encodeTrailed, frameContentType, readHead } from '../../src-shared/forwarding/frame.ts';
import { RawAgent } from '../../src-shared/http/raw-agent.ts';
import { sendRaw } from '../../src-shared/http/raw-client.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { emptyHash, sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { type Ask, nothing } from './ask.ts';
import { remoteAccount } from './remote-account.ts';
import { remoteAdmin } from './remote-admin.ts';
import { remoteRequests } from './remote-requests.ts';
import { remoteSignOn } from './remote-sign-on.ts';
import type { ServiceClient } from './service-client.ts';
import { type ServiceTrust, serviceConnector } from './trust.ts';

export interface RemoteServiceOptions {
  /** `https://host:port` */
  url: string;
  trust: ServiceTrust;
  /** This program's version, which the service may find too old. */
  version: string;
  /** How connections leave this machine; directly by default. */
  outbound?: Outbound;
}

const connections = 64;
const controlTimeout = 30_000;
/** Some AWS calls answer only when their work is done. */
const forwardTimeout = 900_000;
/** After which a connection over which something should come is taken for dead. */
const silenceTimeout = 45_000;
const maxControlAnswer = 4 * 1024 * 1024;

/**
 * An app-service over TLS. It is taken for possibly hostile: every answer is checked against the API's schemas
 * before anything is done with it.
 */
export function remoteServiceClient({ url, trust, version, outbound }: RemoteServiceOptions): ServiceClient {
  const connect = serviceConnector(trust, outbound);
  const pool = new Pool(url, { connections, connect });
  const forwarding = new RawAgent({ connections, connect, headersTimeout: forwardTimeout });
  const host = new URL(url).host;

  const ask: Ask = async (answer, method, path, { token, body } = {}) => {
    const reply = await send({
      method,
      path,
      headers: {
        'rolegate-version': version,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headersTimeout: controlTimeout,
      bodyTimeout: controlTimeout,
    });
    const json = await readJson(reply.body);
    if (reply.statusCode !== 200) throw serviceError(json, reply.statusCode);
    const parsed = answer.safeParse(json);
    if (parsed.success) return parsed.data;
    throw notAService(host);
  };

  async function send(options: Dispatcher.RequestOptions) {
    try {
      return await pool.request(options);
    } catch (error) {
      throw connectionError(error, host, (options.signal as AbortSignal | undefined)?.aborted);
    }
  }

  async function forward(token: string, call: AwsCall, cancellation?: Cancellation): Promise<AwsReply> {
    const { body, trailers, knownHash: _, ...head } = call;
    const framedHead: ForwardHead = {
      ...head,
      headers: head.headers.map(([name, value]) => [name, value]),
      signedHeaders: [...head.signedHeaders],
      payloadHash: head.payloadHash ?? hashOf(body),
      hasBody: body !== null,
      ...(trailers && { hasTrailers: true }),
    };
    const framedBody = framed(
      encodeHead(framedHead),
      trailers && body instanceof Readable ? trailed(body, trailers) : body,
    );
    const request = {
      origin: url,
      method: 'POST',
      target: '/v1/forward',
      headers: [
        ['authorization', `Bearer ${token}`],
        ['content-type', frameContentType],
      ] as const,
    };
    const reply = await sendRaw(forwarding, request, framedBody, cancellation).catch((error: unknown) => {
      throw connectionError(error, host, cancellation?.reason !== undefined);
    });
    const stream = reply.body instanceof Readable ? reply.body : Readable.from([reply.body], { objectMode: false });
    if (reply.status !== 200) throw serviceError(await readJson(stream), reply.status);
    const parsed = replyHead.safeParse(await readHead(stream));
    if (!parsed.success) throw notAService(host);
    return { ...parsed.data, body: stream };
  }

  async function watch(token: string, onEvent: (event: ServiceEvent) => void, signal: AbortSignal): Promise<void> {
    try {
      const reply = await send({
        method: 'GET',
        path: '/v1/watch',
        headers: { 'rolegate-version': version, authorization: `Bearer ${token}` },
        headersTimeout: controlTimeout,
        // It sends a sign of life far more often.
        bodyTimeout: silenceTimeout,
        signal,
      });
      if (reply.statusCode !== 200) throw serviceError(await readJson(reply.body), reply.statusCode);
      for await (const line of boundedLines(reply.body)) {
        // A later version may tell of more.
        const parsed = serviceEvent.safeParse(parseLine(line));
        if (!parsed.success) continue;
        onEvent(parsed.data);
        if (parsed.data.event === 'login_ended') return;
      }
      if (!signal.aborted) throw connectionLost(host);
    } catch (error) {
      if (signal.aborted) return;
      throw error instanceof RolegateError ? error : connectionLost(host, error);
    }
  }

  return {
    info: () => ask(serviceInfo, 'GET', '/v1/info'),
    login: (body) => ask(loginGrant, 'POST', '/v1/login', { body }),
    logout: async (token) => void (await ask(nothing, 'POST', '/v1/logout', { token })),
    user: (token) => ask(userInfo, 'GET', '/v1/user', { token }),
    apps: (token) => ask(z.array(appInfo).max(1000), 'GET', '/v1/apps', { token }),
    watch,
    startAppSession: (token, body) => ask(appSessionGrant, 'POST', '/v1/app-sessions', { token, body }),
    appSessions: (token) => ask(z.array(appSessionGrant).max(1000), 'GET', '/v1/app-sessions', { token }),
    endAppSession: async (token, id) =>
      void (await ask(nothing, 'DELETE', `/v1/app-sessions/${encodeURIComponent(id)}`, { token })),
    consoleUrl: (token, id, body) =>
      ask(consoleGrant, 'POST', `/v1/app-sessions/${encodeURIComponent(id)}/console`, { token, body }),
    ...remoteAccount(ask),
    ...remoteAdmin(ask),
    ...remoteRequests(ask),
    ...remoteSignOn(ask),
    forward,
    reportRefusal: async (token, body) => void (await ask(nothing, 'POST', '/v1/refusals', { token, body })),
    close: async () => {
      forwarding.destroy();
      await pool.destroy();
    },
  };
}

function hashOf(body: Body): string {
  if (body === null) return emptyHash;
  if (body instanceof Uint8Array) return sha256Hex(body);
  throw new TypeError('A body that streams needs a declared hash.');
}

/** The body with its trailers. What breaks it off breaks the request off. */
function trailed(body: Readable, trailers: () => readonly Header[]): Readable {
  return Readable.from(encodeTrailed(body, trailers), { objectMode: false });
}

function framed(head: Buffer, body: Body): Buffer | Readable {
  if (body === null) return head;
  if (body instanceof Uint8Array) return Buffer.concat([head, body]);
  const stream = body;
  async function* parts() {
    yield head;
    yield* stream;
  }
  return Readable.from(parts(), { objectMode: false });
}

async function readJson(body: Readable): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxControlAnswer) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks, size).toString('utf8'));
  } catch {
    return undefined;
  }
}

const maxLine = 64 * 1024;

/** A body's lines. One that never ends breaks the body off. */
async function* boundedLines(body: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLine) {
      body.destroy();
      return;
    }
    yield* lines;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function connectionLost(host: string, cause?: unknown): RolegateError {
  return new RolegateError('unavailable', `The connection to the app-service at ${host} was lost.`, { cause });
}

const refusal = z.strictObject({ error: errorData });

/** What the service says went wrong, without control characters: it may end up in a terminal. */
function serviceError(json: unknown, status: number): RolegateError {
  const parsed = refusal.safeParse(json);
  if (!parsed.success) return new RolegateError('unavailable', `The app-service answered with HTTP ${status}.`);
  const { error } = parsed.data;
  return RolegateError.fromData({
    ...error,
    message: printable(error.message),
    ...(error.hint !== undefined && { hint: printable(error.hint) }),
  });
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, '').slice(0, 4000);
}

function notAService(host: string): RolegateError {
  return new RolegateError('unavailable', `${host} does not answer as an app-service does.`, {
    hint: 'Check the address, and that both sides have about the same version.',
  });
}

function connectionError(error: unknown, host: string, isCancelled = false): RolegateError {
  if (isCancelled) return new RolegateError('cancelled', 'The request was cancelled.', { cause: error });
  const code = (error as { code?: string }).code ?? '';
  if (/CERT|SELF_SIGNED|UNABLE_TO|FINGERPRINT/.test(code)) {
    return new RolegateError('unavailable', `The certificate of ${host} is not trusted (${code}).`, {
      hint: 'Give its certificate authority with --ca, or check its fingerprint with whoever runs it.',
      retryable: false,
      cause: error,
    });
  }
  return new RolegateError('unavailable', `The app-service at ${host} cannot be reached.`, {
    hint: 'Check the address and the network, and that the app-service runs.',
    cause: error,
  });
}
