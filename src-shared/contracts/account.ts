import {
  acceptInvitationRequest,
  accountInfo,
  addAuthenticatorRequest,
  authenticatorOffer,
  changePasswordRequest,
  invitationInfo,
  invitationRequest,
  newPasskey,
  removeAuthenticatorRequest,
  removePasskeyRequest,
  renamePasskeyRequest,
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
  /** Makes a passkey by the system browser; ends as `session.signOn` does. */
  'account.addPasskey': { input: newPasskey, output: done },
  'account.renamePasskey': { input: renamePasskeyRequest, output: done },
  'account.removePasskey': { input: removePasskeyRequest, output: done },
});
