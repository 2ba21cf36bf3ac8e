import { hostServes } from '../../src-shared/aws/host-services.ts';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { tenantService } from '../../src-shared/aws/tenants.ts';
import type { AwsCall } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/**
 * A signature made for one service must not be carried to a host of another, or to one that is not AWS's; and to one
 * that a customer of AWS answers on, whoever that is, only where the roles of the session allow it.
 *
 * @param customerHosts signing names with which requests may go to such hosts
 * @throws RolegateError `access_denied`
 */
export function requireAgreement(call: Pick<AwsCall, 'host' | 'service'>, customerHosts: readonly string[]): void {
  const host = parseAwsHost(call.host);
  if (!host) throw new RolegateError('access_denied', `${call.host.slice(0, 253)} is not an AWS endpoint.`);
  const tenant = tenantService(host);
  if (tenant ? !tenant.signingNames.includes(call.service) : !hostServes(host, call.service)) {
    const message = `The host ${host.host} does not take requests signed for ${call.service}.`;
    throw new RolegateError('access_denied', message, {
      hint: 'Host and credential scope must name the same service.',
    });
  }
  if (!tenant || customerHosts.includes(call.service)) return;
  throw new RolegateError('access_denied', `${host.host} is ${tenant.what}, and anybody may have made it.`, {
    hint: `A role must allow it: options.aws_customer_hosts: [${call.service}].`,
  });
}
