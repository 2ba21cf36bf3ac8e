import { pipeline, Readable } from 'node:stream';
import type { Cancellation } from '../../src-shared/cancellation.ts';
import { type AwsCall, type AwsReply, type Body, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { ChunkEncoder } from '../../src-shared/sigv4/chunk-encoder.ts';
import type { Catalog } from '../access/catalog.ts';
import type { SessionOptions } from '../access/session-options.ts';
import { actionOf } from '../audit/action.ts';
import { loadOperations } from '../audit/operations.ts';
import { resourceOf } from '../audit/resource.ts';
import type { AuditSink } from '../audit/sink.ts';
import { countBody, type PassedReply, watchReply } from '../audit/transfer.ts';
import type { AppSession, Sessions } from '../auth/sessions.ts';
import type { AppConfig } from '../options.ts';
import { requireAgreement } from './agreement.ts';
import type { Chains } from './chains.ts';
import { type CredentialCall, credentialCall } from './credential-call.ts';
import type { AssumeRoleRequest, CredentialCache } from './credentials.ts';
import type { Dispatcher } from './dispatch.ts';
import { requireNoCredentials } from './handing-out.ts';
import { readIssued, withVirtual } from './issued-credentials.ts';
import { requireReading } from './read-only.ts';
import { resign, type SignedRequest } from './resign.ts';
import { roleSessionName } from './session-name.ts';
import { type CustomEndpoints, upstreamFor } from './upstream.ts';

export interface ForwardParts {
  sessions: Sessions;
  catalog: Catalog;
  credentials: CredentialCache;
  chains: Chains;
  dispatcher: Dispatcher;
  audit: AuditSink;
  endpoints: CustomEndpoints;
  now: () => number;
}

export type Forward = (token: string, call: AwsCall, cancellation?: Cancellation) => Promise<AwsReply>;

/** The service's half of a request's way: authorise, get the role's keys, sign anew, send, write down. */
export function createForward(parts: ForwardParts): Forward {
  const { sessions, catalog, credentials, chains, dispatcher, audit, endpoints, now } = parts;

  return async (token, call, cancellation) => {
    const loading = loadOperations();
    if (loading) await loading;
    const login = await sessions.requireLogin(token);
    const startedAt = now();
    const bytesIn = countBody(call.body, call.headers);
    let session: AppSession | undefined;

    const record = (success: boolean, reason?: string, reply?: AwsReply, passed?: PassedReply) => {
      // The log is in the order of its times, by which it is searched: an answer that streamed for hours is of its end.
      const endedAt = now();
      audit.record({
        event: 'aws.request',
        time: endedAt,
        user: login.user,
        success,
        reason,
        app: session?.app,
        roleArn: session?.roleArn,
        appSessionId: call.appSessionId,
        chainId: call.chainId,
        requestId: call.requestId,
        aws: {
          service: call.service,
          action: actionOf(call),
          resource: resourceOf(call),
          region: call.region,
          host: call.host,
          status: reply?.status,
          requestId: reply && awsRequestId(reply),
          duration: endedAt - startedAt,
          errorCode: passed?.errorCode,
          bytesIn: bytesIn(),
          bytesOut: passed?.bytesOut,
        },
      });
    };

    try {
      session = await sessions.requireAppSession(login, call.appSessionId);
      const user = catalog.requireUser(login.user);
      const { app, options } = catalog.authorise(user, session.app, session.roleArn);
      requireAgreement(call, options.customerHosts);
      if (options.readOnly) requireReading(actionOf(call), call.body);
      if (!options.credentialCalls) requireNoCredentials(actionOf(call));
      const asked = credentialCall(call);
      if (asked?.kind === 'role') catalog.authoriseChained(user, session.app, session.roleArn, asked.roleArn);
      const keys = call.chainId
        ? chains.require(session, call.chainId).keys
        : await credentials.get(assumeRoleRequest(session, app, options));
      const outgoing = asked ? withPlainAnswer(call) : call;
      const signed = resign(outgoing, upstreamFor(call.service, call.host, endpoints), keys, startedAt);
      const reply = await dispatcher.send(session.id, signed, bodyToSend(outgoing, signed), cancellation);
      watchReply(reply, (passed) => {
        const { brokenOff: reason } = passed;
        record(reply.status < 400 && reason === undefined, reason, reply, passed);
      });
      return asked && reply.status === 200 ? await keepCredentials(session, call, asked, reply) : reply;
    } catch (error) {
      record(false, error instanceof RolegateError ? error.message : 'internal error');
      throw error;
    }
  };

  /** What AWS has issued stays here; the client gets virtual credentials that are good at its gateway only. */
  async function keepCredentials(
    session: AppSession,
    call: AwsCall,
    asked: CredentialCall,
    reply: AwsReply,
  ): Promise<AwsReply> {
    const { xml, issued } = await readIssued(reply);
    const [target, tokenHeader] =
      asked.kind === 'role' ? [asked.roleArn, undefined] : [asked.bucketHost, 'x-amz-s3session-token'];
    const chain = chains.start(session, target, issued, tokenHeader);
    audit.record({
      event: asked.kind === 'role' ? 'chained_role.assumed' : 'express_session.started',
      time: now(),
      user: session.user,
      success: true,
      app: session.app,
      roleArn: session.roleArn,
      appSessionId: session.id,
      requestId: call.requestId,
      chainId: chain.id,
      parentChainId: call.chainId,
      target,
    });
    return { ...withVirtual(reply, xml, chain), chain };
  }
}

/** Seconds. Sessions of requests are short: they are renewed while they are used. */
const requestSessionDuration = 3_600;

export function assumeRoleRequest(
  session: AppSession,
  app: AppConfig,
  { readOnly, sessionTags: tags, sourceIdentity }: SessionOptions,
  duration = requestSessionDuration,
): AssumeRoleRequest {
  return {
    readOnly,
    tags,
    sourceIdentity,
    roleArn: session.roleArn,
    sessionName: roleSessionName(session.user),
    externalId: app.externalId,
    duration,
  };
}

/** An answer that we must read is asked for in the one form that we know: XML, not compressed. */
function withPlainAnswer(call: AwsCall): AwsCall {
  const asksForAnother = new Set(['accept', 'accept-encoding']);
  return { ...call, headers: call.headers.filter(([name]) => !asksForAnother.has(name.toLowerCase())) };
}

/** The body as it goes out: in signed chunks where the client's was, and as it is otherwise. */
function bodyToSend(call: AwsCall, { chunkSigning }: SignedRequest): Body {
  if (!chunkSigning) return call.body;
  const encoder = new ChunkEncoder(chunkSigning, call.trailers, call.knownHash);
  const payload = call.body instanceof Readable ? call.body : Readable.from(call.body ? [call.body] : []);
  // What goes wrong on the way breaks the encoder off, and with it the request to AWS.
  pipeline(payload, encoder, () => undefined);
  return encoder;
}

function awsRequestId({ headers }: AwsReply): string | undefined {
  return headerValue(headers, 'x-amzn-requestid') ?? headerValue(headers, 'x-amz-request-id');
}
