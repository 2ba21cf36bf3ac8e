import { type RefusalReport, refusalPace } from '../../src-shared/contracts/refusal-report.ts';
import { createThrottle } from '../../src-shared/throttle.ts';
import type { ServiceClient } from '../service-client/service-client.ts';

export interface RefusalReporting {
  client: Pick<ServiceClient, 'reportRefusal'>;
  token: () => Promise<string>;
  now: () => number;
}

const mostOmitted = 1_000_000;

/**
 * Passes on to the app-service what the gateway has refused, so that it is in the audit log. Nobody waits for it, and
 * nobody hears whether it has come to anything: the service may be out of reach, or older than this.
 */
export function createRefusalReports({ client, token, now }: RefusalReporting): (report: RefusalReport) => void {
  const throttle = createThrottle({ ...refusalPace, now });

  async function send(report: RefusalReport): Promise<void> {
    await client.reportRefusal(await token(), report);
  }

  return (report) => {
    const omitted = throttle.pass(report.appSessionId);
    if (omitted === undefined) return;
    send(omitted === 0 ? report : { ...report, omitted: Math.min(omitted, mostOmitted) }).catch(() => undefined);
  };
}
