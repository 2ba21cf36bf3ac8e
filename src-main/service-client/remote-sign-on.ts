import { loginGrant } from '../../src-shared/contracts/service-api.ts';
import { connectorTest, type SignOnApi, signOnStart } from '../../src-shared/contracts/sign-on-api.ts';
import type { Ask } from './ask.ts';

/** Single sign-on at an app-service over TLS. */
export function remoteSignOn(ask: Ask): SignOnApi {
  return {
    startSignOn: (body) => ask(signOnStart, 'POST', '/v1/sso/start', { body }),
    finishSignOn: (body) => ask(loginGrant, 'POST', '/v1/sso/finish', { body }),
    testConnector: (token, body) => ask(connectorTest, 'POST', '/v1/connectors/test', { token, body }),
  };
}
