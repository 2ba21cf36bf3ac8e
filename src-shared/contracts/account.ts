import {
  acceptInvitationRequest,
  accountInfo,
  addAuthenticatorRequest,
  authenticatorOffer,
  changePasswordRequest,
  invitationInfo,
  invitationRequest,
  removeAuthenticatorRequest,
} from './account-api.ts';
import { defineCalls, done, nothing } from './common.ts';

/** One's own account: how it begins, its password and its authenticator app. */
export const accountCalls = defineCalls({
  'account.get': { input: nothing, output: accountInfo },
  'account.lookAtInvitation': { input: invitationRequest, output: invitationInfo },
  /** Sets a password and logs in with it. */
  'account.acceptInvitation': { input: acceptInvitationRequest, output: done },
  'account.changePassword': { input: changePasswordRequest, output: done },
  'account.newAuthenticator': { input: nothing, output: authenticatorOffer },
  'account.addAuthenticator': { input: addAuthenticatorRequest, output: done },
  'account.removeAuthenticator': { input: removeAuthenticatorRequest, output: done },
});
