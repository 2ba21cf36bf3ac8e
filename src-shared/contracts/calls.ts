import type { z } from 'zod';
import type { ErrorData } from '../errors.ts';
import { accountCalls } from './account.ts';
import { adminCalls } from './admin.ts';
import { auditVerificationCalls } from './audit-verification.ts';
import type { CallName } from './call-names.ts';
import type { Contract } from './common.ts';
import { consoleCalls } from './console.ts';
import { gatewayCalls } from './gateway.ts';
import { jobCalls } from './jobs.ts';
import { linkCalls } from './links.ts';
import { metricCalls } from './metrics.ts';
import { networkCalls } from './network.ts';
import { partiqlCalls } from './partiql.ts';
import { productionCalls } from './production.ts';
import { requestCalls } from './requests.ts';
import { sessionCalls } from './session.ts';
import { settingsCalls } from './settings.ts';
import { stagingCalls } from './staging.ts';
import type { StatePatch } from './state.ts';
import { streamCalls } from './streams.ts';
import { managementCalls } from './table-management.ts';
import { tableCalls } from './tables.ts';

/** Every call that a window, a browser page or a command line can make, with its input and output. */
export const calls = {
  ...sessionCalls,
  ...tableCalls,
  ...managementCalls,
  ...partiqlCalls,
  ...stagingCalls,
  ...streamCalls,
  ...metricCalls,
  ...jobCalls,
  ...gatewayCalls,
  ...consoleCalls,
  ...settingsCalls,
  ...networkCalls,
  ...productionCalls,
  ...linkCalls,
  ...accountCalls,
  ...adminCalls,
  ...requestCalls,
  ...auditVerificationCalls,
} satisfies Record<CallName, Contract>;

export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

/** What a call came to, as it crosses a border: errors are data. */
export type CallResult<Output = unknown> = { ok: true; output: Output } | { ok: false; error: ErrorData };

/**
 * Rolegate as its windows and commands see it, whatever lies between: Electron's IPC, a WebSocket, a control socket
 * or nothing at all. A failed call rejects with a RolegateError.
 */
export interface Calls {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Tells of every change of the state until the returned function is called. */
  onState(listener: (patch: StatePatch) => void): () => void;
}
