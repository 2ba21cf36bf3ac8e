import { hostServes } from '../../src-shared/aws/endpoints.ts';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import type { AwsCall, AwsReply } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Catalog } from '../access/catalog.ts';
import { actionOf } from '../audit/action.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { AppSession, Sessions } from '../auth/sessions.ts';
import type { AppConfig } from '../options.ts';
import type { CredentialCache } from './credentials.ts';
import type { Dispatcher } from './dispatch.ts';
import { resign } from './resign.ts';
import { roleSessionName } from './session-name.ts';
import { type CustomEndpoints, upstreamFor } from './upstream.ts';

export interface ForwardParts {
  sessions: Sessions;
  catalog: Catalog;
  credentials: CredentialCache;
  dispatcher: Dispatcher;
  audit: AuditSink;
  endpoints: CustomEndpoints;
  now: () => number;
}

export type Forward = (token: string, call: AwsCall, signal?: AbortSignal) => Promise<AwsReply>;

/** The service's half of a request's way: authorise, get the role's keys, sign anew, send, write down. */
export function createForward(parts: ForwardParts): Forward {
  const { sessions, catalog, credentials, dispatcher, audit, endpoints, now } = parts;
  return async (token, call, signal) => {
    const login = await sessions.requireLogin(token);
    const startedAt = now();
    const record = (session: AppSession | undefined, success: boolean, status?: number, reason?: string) =>
      audit.record({
        event: 'aws.request',
        time: startedAt,
        user: login.user,
        success,
        reason,
        app: session?.app,
        roleArn: session?.roleArn,
        appSessionId: call.appSessionId,
        requestId: call.requestId,
        aws: {
          service: call.service,
          action: actionOf(call),
          region: call.region,
          host: call.host,
          status,
          duration: now() - startedAt,
        },
      });

    let session: AppSession | undefined;
    try {
      session = await sessions.requireAppSession(login, call.appSessionId);
      const { app } = catalog.authorise(catalog.requireUser(login.user), session.app, session.roleArn);
      requireAgreement(call);
      const keys = await credentials.get(assumeRoleRequest(session, app));
      const signed = resign(call, upstreamFor(call.service, call.host, endpoints), keys, startedAt);
      const reply = await dispatcher.send(session.id, signed, call.body, signal);
      record(session, reply.status < 400, reply.status);
      return reply;
    } catch (error) {
      record(session, false, undefined, error instanceof RolegateError ? error.message : 'internal error');
      throw error;
    }
  };
}

/** Seconds. Sessions of requests are short: they are renewed while they are used. */
const requestSessionDuration = 3_600;

export function assumeRoleRequest(session: AppSession, app: AppConfig, duration = requestSessionDuration) {
  return {
    roleArn: session.roleArn,
    sessionName: roleSessionName(session.user),
    externalId: app.externalId,
    duration,
  };
}

/** A signature made for one service must not be carried to a host of another, or to one that is not AWS's. */
function requireAgreement(call: AwsCall): void {
  const host = parseAwsHost(call.host);
  if (!host) {
    throw new RolegateError('access_denied', `${call.host.slice(0, 253)} is not an AWS endpoint.`);
  }
  if (!hostServes(host.labels, call.service)) {
    throw new RolegateError(
      'access_denied',
      `The host ${host.host} does not take requests signed for ${call.service}.`,
      {
        hint: 'Host and credential scope must name the same service.',
      },
    );
  }
}
