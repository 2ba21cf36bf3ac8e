import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { ChunkDecoder } from '../../src-shared/sigv4/chunk-decoder.ts';
import { isSignedChunks } from '../../src-shared/sigv4/payload-literals.ts';
import { sha256Hex, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import { readAuthorization, verifySignature } from '../../src-shared/sigv4/verify.ts';

/** A request as the fake AWS received it. */
export interface Received {
  method: string;
  url: string;
  headers: Header[];
  body: Buffer;
  accessKeyId: string | undefined;
  /** Whether the signature is the one that the key's secret makes, and those of its chunks are. */
  signatureMatches: boolean;
  /** The body without the framing of signed chunks. */
  payload: Buffer;
  trailers: readonly Header[];
}

export interface FakeAws {
  origin: string;
  received: Received[];
  /** Secrets by access key id; keys that AssumeRole hands out are added. */
  secrets: Map<string, string>;
  /** How long handed-out credentials live, in milliseconds. */
  lifetime: number;
  /** Set to refuse AssumeRole with this code and message. */
  refuse: { code: string; message: string } | undefined;
  close(): Promise<void>;
}

/**
 * The few answers of AWS that the app-service's own tests need: AssumeRole, getSigninToken, and an echo for
 * everything else. Signatures are checked. The real emulation is the sandbox; this one can be told to misbehave.
 */
export async function startFakeAws(): Promise<FakeAws> {
  const fake: Omit<FakeAws, 'origin' | 'close'> = {
    received: [],
    secrets: new Map([['AKIASERVICE', 'service-secret']]),
    lifetime: 3_600_000,
    refuse: undefined,
  };
  let issued = 0;

  const server = createServer(async (request, response) => {
    const received = await receive(request, fake.secrets);
    fake.received.push(received);
    const form = new URLSearchParams(received.body.toString());
    if (request.url?.startsWith('/federation?Action=getSigninToken')) {
      response.end(JSON.stringify({ SigninToken: 'signin-token' }));
    } else if (form.get('Action') === 'AssumeRole') {
      response.setHeader('content-type', 'text/xml');
      if (fake.refuse) {
        const { code, message } = fake.refuse;
        response.writeHead(403);
        response.end(`<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);
        return;
      }
      const id = `ASIA${++issued}`;
      fake.secrets.set(id, `secret-of-${id}`);
      response.end(assumeRoleResponse(id, `secret-of-${id}`, form, new Date(Date.now() + fake.lifetime)));
    } else if (request.method === 'GET' && request.url?.includes('?session')) {
      response.end(createSessionResult(`ASIA${++issued}`, fake));
    } else {
      response.setHeader('X-Amzn-RequestId', 'from-aws');
      response.end(received.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function receive(request: IncomingMessage, secrets: Map<string, string>): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const headers: Header[] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
  }
  const url = request.url ?? '';
  const [path = '', query = ''] = url.split('?');
  const method = request.method ?? '';
  const read = readAuthorization(headers, query);
  const unread = { method, url, headers, body, payload: body, trailers: [] };
  if (!read.ok) return { ...unread, accessKeyId: undefined, signatureMatches: false };
  const { accessKeyId, scope, signature: seedSignature } = read.authorization;
  const secret = secrets.get(accessKeyId) ?? '';
  const declared = read.declaredPayload ?? (read.place === 'query' ? 'UNSIGNED-PAYLOAD' : sha256Hex(body));
  const refused = verifySignature({ method, path, query, headers }, read, secret, declared);
  const result = { ...unread, accessKeyId, signatureMatches: refused === undefined };
  if (!isSignedChunks(declared)) return result;
  const decoder = new ChunkDecoder({
    decodedLength: Number(headerValue(headers, 'x-amz-decoded-content-length')),
    signing: { key: signingKey(secret, scope), amzDate: read.amzDate, scope, seedSignature },
    hasTrailers: headerValue(headers, 'x-amz-trailer') !== undefined,
  });
  decoder.end(body);
  try {
    return { ...result, payload: await buffer(decoder), trailers: decoder.trailers };
  } catch {
    return { ...result, signatureMatches: false };
  }
}

function createSessionResult(id: string, fake: Pick<FakeAws, 'secrets' | 'lifetime'>): string {
  fake.secrets.set(id, `secret-of-${id}`);
  return `<CreateSessionResult><Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>secret-of-${id}</SecretAccessKey><SessionToken>token-of-${id}</SessionToken><Expiration>${new Date(Date.now() + fake.lifetime).toISOString()}</Expiration></Credentials></CreateSessionResult>`;
}

function assumeRoleResponse(id: string, secret: string, form: URLSearchParams, expires: Date): string {
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>${form.get('RoleArn')}</Arn><AssumedRoleId>AROA:${form.get('RoleSessionName')}</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey>
    <SessionToken>token-of-${id}</SessionToken><Expiration>${expires.toISOString()}</Expiration></Credentials>
    </AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>`;
}
