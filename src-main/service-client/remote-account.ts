import {
  type AccountApi,
  accountInfo,
  authenticatorOffer,
  invitationInfo,
} from '../../src-shared/contracts/account-api.ts';
import { loginGrant } from '../../src-shared/contracts/service-api.ts';
import { signOnStart } from '../../src-shared/contracts/sign-on-api.ts';
import { type Ask, nothing } from './ask.ts';

/** One's own account at an app-service over TLS. */
export function remoteAccount(ask: Ask): AccountApi {
  const account = async (path: string, token: string, body: unknown) =>
    void (await ask(nothing, 'POST', `/v1/account/${path}`, { token, body }));
  return {
    account: (token) => ask(accountInfo, 'GET', '/v1/account', { token }),
    lookAtInvitation: (body) => ask(invitationInfo, 'POST', '/v1/invitations/look', { body }),
    acceptInvitation: (body) => ask(loginGrant, 'POST', '/v1/invitations/accept', { body }),
    changePassword: (token, body) => account('password', token, body),
    newAuthenticator: (token) => ask(authenticatorOffer, 'POST', '/v1/account/authenticator/new', { token, body: {} }),
    addAuthenticator: (token, body) => account('authenticator/add', token, body),
    removeAuthenticator: (token, body) => account('authenticator/remove', token, body),
    startPasskey: (token, body) => ask(signOnStart, 'POST', '/v1/account/passkeys/start', { token, body }),
    finishPasskey: (token, body) => account('passkeys/finish', token, body),
    renamePasskey: (token, body) => account('passkeys/rename', token, body),
    removePasskey: (token, body) => account('passkeys/remove', token, body),
  };
}
