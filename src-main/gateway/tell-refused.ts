import type { Refusal } from '../../src-shared/aws/error-shape.ts';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { targetOf } from '../../src-shared/aws/routes.ts';
import type { IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import type { RefusalReport } from '../../src-shared/contracts/refusal-report.ts';
import type { CredentialScope } from '../../src-shared/sigv4/credential-scope.ts';
import { readAuthorization } from '../../src-shared/sigv4/verify.ts';
import type { FindKeyHolder, KeyHolder } from './key-holder.ts';
import { RefusedRequest } from './refusal.ts';
import { type Entry, targetHost } from './target-host.ts';
import { claimedAccessKeyId } from './whose-request.ts';

type Request = Omit<IncomingAwsRequest, 'body'>;

export interface RefusalListening {
  findKeyHolder: FindKeyHolder;
  /** Told, after the tool is, of requests that were refused here, if the keys that they claim belong to an app session. */
  onRefused?(report: RefusalReport): void;
  /** Told of faults of ours; what a tool did wrong it is told itself. */
  onFault(error: unknown): void;
}

/**
 * Tells of a request that the gateway has refused itself; what the app-service has refused, it knows. Requests with keys
 * that nobody has are nobody's, and any program could make as many as it likes.
 */
export function tellRefused(
  { findKeyHolder, onRefused, onFault }: RefusalListening,
  request: Request,
  entry: Entry,
  requestId: string,
  error: unknown,
): void {
  if (!onRefused || !(error instanceof RefusedRequest)) return;
  try {
    const claimed = claimedAccessKeyId(request.headers, request.query);
    const holder = claimed === undefined ? undefined : findKeyHolder(claimed);
    if (holder) onRefused(reportOf(holder, request, entry, requestId, error.refusal));
  } catch (fault) {
    // The tool has its answer, and is to have it whatever becomes of this.
    onFault(fault);
  }
}

function reportOf(
  holder: KeyHolder,
  request: Request,
  entry: Entry,
  requestId: string,
  refusal: Refusal,
): RefusalReport {
  const read = readAuthorization(request.headers, request.query);
  const scope = read.ok ? read.authorization.scope : undefined;
  const host = hostOf(holder, request, entry, scope);
  const operation = scope && operationOf(request);
  return {
    requestId,
    appSessionId: holder.appSessionId,
    refusal,
    ...(scope && { service: scope.service, region: scope.region }),
    ...(host !== undefined && { host }),
    ...(operation !== undefined && { operation }),
  };
}

/** The AWS host that it was for, where that can be told. */
function hostOf(holder: KeyHolder, request: Request, entry: Entry, scope?: CredentialScope): string | undefined {
  if (entry.mode === 'proxy') return entry.host;
  if (!scope) return undefined;
  try {
    const { host } = targetHost(entry, holder, scope, request);
    return parseAwsHost(host)?.host === host ? host : undefined;
  } catch {
    // That there is none may be why it was refused.
    return undefined;
  }
}

const operationName = /^[A-Za-z][A-Za-z0-9]{0,127}$/;

/** The operation that the head of a request names. */
function operationOf(request: Request): string | undefined {
  const inTarget = targetOf(request);
  const name = inTarget === undefined ? actionIn(request.query) : inTarget.slice(inTarget.lastIndexOf('.') + 1);
  return name !== undefined && operationName.test(name) ? name : undefined;
}

function actionIn(query: string): string | undefined {
  return /(?:^|&)Action=([^&]*)/.exec(query)?.[1];
}
