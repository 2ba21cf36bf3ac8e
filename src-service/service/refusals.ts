import type { Refusal } from '../../src-shared/aws/error-shape.ts';
import { type RefusalReport, refusalPace } from '../../src-shared/contracts/refusal-report.ts';
import { createThrottle } from '../../src-shared/throttle.ts';
import { actionNamed } from '../audit/action.ts';
import type { AuditSink } from '../audit/sink.ts';
import type { Sessions } from '../auth/sessions.ts';

export interface RefusalParts {
  sessions: Pick<Sessions, 'requireLogin' | 'requireOwn'>;
  audit: AuditSink;
  now: () => number;
}

/** Why a gateway refuses requests, as the log says it. What a request said itself is in none of these. */
const reasons: Record<Refusal, string> = {
  missing_authentication: 'it was not signed',
  incomplete_signature: 'its signature could not be read',
  unknown_access_key: 'its session token is not the one of its access key',
  signature_mismatch: 'its signature or its content does not match',
  clock_skew: 'the clock that it was signed by is more than five minutes off',
  expired_token: 'the session with the IAM role is over',
  expired_request: 'the time that it was presigned for is over',
  access_denied: 'the gateway does not take such requests',
  invalid_request: 'it contradicts itself, or there is no host for it',
  request_too_large: 'it was too large',
  request_timeout: 'it did not come to its end',
  not_implemented: 'it was signed in a way that Rolegate does not know',
  service_unavailable: 'Rolegate could not take it',
  internal: 'something went wrong inside Rolegate',
};

/**
 * Writes down what gateways have refused, for as long as it is not much. A gateway is in the hands of its user: it can
 * tell of app sessions of that user only, and nothing that it tells is text.
 */
export function createRefusals({ sessions, audit, now }: RefusalParts) {
  const throttle = createThrottle({ ...refusalPace, now });

  return {
    async reportRefusal(token: string, report: RefusalReport): Promise<void> {
      // Any program on the user's machine can have its requests refused.
      const login = await sessions.requireLogin(token, false);
      const { requestId, appSessionId, refusal, service, region, host, operation } = report;
      const { app, roleArn } = await sessions.requireOwn(login, appSessionId);
      await audit.room();
      const omitted = throttle.pass(appSessionId, report.omitted);
      if (omitted === undefined) return;
      const action = service && operation && actionNamed(service, operation);
      audit.record({
        event: 'aws.request_refused',
        time: now(),
        user: login.user,
        success: false,
        reason: reasons[refusal],
        refusal,
        ...(omitted > 0 && { omitted }),
        app,
        roleArn,
        appSessionId,
        requestId,
        aws: { service, action, region, host },
      });
    },
  };
}
