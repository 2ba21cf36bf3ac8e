import { accessRequest, accessRequestList, type RequestsApi } from '../../src-shared/contracts/requests-api.ts';
import type { Ask } from './ask.ts';

/** Asking for access at an app-service over TLS. */
export function remoteRequests(ask: Ask): RequestsApi {
  return {
    accessRequests: (token) => ask(accessRequestList, 'GET', '/v1/access-requests', { token }),
    createAccessRequest: (token, body) => ask(accessRequest, 'POST', '/v1/access-requests', { token, body }),
    resolveAccessRequest: (token, body) => ask(accessRequest, 'POST', '/v1/access-requests/resolve', { token, body }),
    withdrawAccessRequest: (token, body) => ask(accessRequest, 'POST', '/v1/access-requests/withdraw', { token, body }),
  };
}
