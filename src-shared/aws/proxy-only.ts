import { servicesWithPrefixFromInput } from './routes.ts';
import { s3ProxyOnly } from './s3-endpoint.ts';
import { allServices, type ProxyOnlyReason, serviceById } from './services.ts';

const reasons: Readonly<Record<ProxyOnlyReason, string>> = {
  resource: 'its requests go to hosts of single resources (a stream, a container, a cluster), which an API names',
  discovery: 'its requests go to hosts that each account is told by an API (endpoint discovery)',
  input: 'its requests go to hosts whose names begin with something from the request',
  path: 'its address has a path of its own, which requests to this machine do not have',
};

/** Why requests of a service cannot be sent to this machine’s endpoint, and what to do. */
export function proxyOnlySentence(service: string, reason: ProxyOnlyReason): string {
  return `${service} works through the HTTPS proxy only: ${reasons[reason]}. Use the HTTPS proxy for it.`;
}

/** A service that endpoint mode cannot reach, or not with every operation. */
export interface ProxyOnlyService {
  /** As the aws CLI names it. */
  service: string;
  /** Whether that is so for some of its operations only. */
  someOperations: boolean;
  /** A clause (`its requests go to …`) or whole sentences. */
  why: string;
}

/** All that works through the HTTPS proxy only, by name. */
export function servicesThatNeedTheProxy(): ProxyOnlyService[] {
  const whole = [...allServices()].flatMap(({ id, proxyOnly }) =>
    proxyOnly && id !== 's3control' ? [{ service: id, someOperations: false, why: reasons[proxyOnly] }] : [],
  );
  const partly = servicesWithPrefixFromInput()
    .filter((id) => serviceById(id)?.proxyOnly === undefined)
    .map((id) => ({ service: id, someOperations: true, why: reasons.input }));
  const s3 = [
    { service: 's3control', someOperations: false, why: s3ProxyOnly.control },
    { service: 's3', someOperations: true, why: `${s3ProxyOnly.express} ${s3ProxyOnly.objectLambda}` },
    { service: 's3outposts', someOperations: true, why: s3ProxyOnly.outposts },
  ];
  return [...whole, ...partly, ...s3].sort((a, b) => (a.service < b.service ? -1 : 1));
}
