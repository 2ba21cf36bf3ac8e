import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  acceptInvitationRequest,
  addAuthenticatorRequest,
  changePasswordRequest,
  finishPasskeyRequest,
  invitationRequest,
  removeAuthenticatorRequest,
  removePasskeyRequest,
  renamePasskeyRequest,
  startPasskeyRequest,
} from '../../src-shared/contracts/account-api.ts';
import {
  auditQuery,
  deleteResourceRequest,
  endSessionsRequest,
  explainRequest,
  loginsRequest,
  matrixRequest,
  maxResourceText,
  resetUserRequest,
  showResourcesRequest,
  writeResourcesRequest,
} from '../../src-shared/contracts/admin-api.ts';
import { refusalReport } from '../../src-shared/contracts/refusal-report.ts';
import {
  createAccessRequest,
  resolveAccessRequest,
  withdrawAccessRequest,
} from '../../src-shared/contracts/requests-api.ts';
import { maxReviewedText, reviewRequest } from '../../src-shared/contracts/review-api.ts';
import { appSessionRequest, consoleRequest, loginRequest } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AppService } from '../app-service.ts';
import { createLockout } from '../auth/lockout.ts';
import type { Log } from '../log.ts';
import { bearerToken } from './bearer.ts';
import { toHttpError } from './errors.ts';
import { originOf } from './origin.ts';
import { parse } from './parse.ts';
import { addSignOnRoutes } from './sign-on-routes.ts';
import { checkClientVersion } from './version.ts';
import { addWatchRoute } from './watch-route.ts';

type WithId = { Params: { id: string } };

/** The control API under `/v1`: each route parses what came and calls one method of the service. */
export function addControlRoutes(server: FastifyInstance, service: AppService, log: Log): void {
  const token = (request: FastifyRequest) => bearerToken(request.headers.authorization);

  server.addHook('onRequest', async (request) => {
    const version = request.headers['rolegate-version'];
    checkClientVersion(typeof version === 'string' ? version : undefined, service.info().minClientVersion);
  });
  server.setErrorHandler((error, _request, reply) => {
    const { status, body } = toHttpError(error, log);
    reply.status(status).send(body);
  });
  server.setNotFoundHandler(() => {
    throw new RolegateError('not_found', 'The app-service has no such address.');
  });

  server.get('/v1/info', async (request) => {
    const { signIn, ...info } = service.info();
    // Which host name the service has, the client's request tells.
    return { ...info, signIn: signIn && { ...signIn, passkeys: service.passkeyOffer(originOf(request)) } };
  });
  server.get('/v1/health', async () => {
    await service.health();
    return { status: 'ok' };
  });
  server.post('/v1/login', async (request) => service.login(parse(loginRequest, request.body)));
  server.post('/v1/logout', async (request) => {
    await service.logout(token(request));
    return {};
  });
  server.get('/v1/user', async (request) => service.user(token(request)));
  server.get('/v1/apps', async (request) => service.apps(token(request)));
  server.get('/v1/app-sessions', async (request) => service.appSessions(token(request)));
  server.post('/v1/app-sessions', async (request) =>
    service.startAppSession(token(request), parse(appSessionRequest, request.body)),
  );
  server.delete<WithId>('/v1/app-sessions/:id', async (request) => {
    await service.endAppSession(token(request), request.params.id);
    return {};
  });
  server.post<WithId>('/v1/app-sessions/:id/console', async (request) =>
    service.consoleUrl(token(request), request.params.id, parse(consoleRequest, request.body)),
  );
  server.post('/v1/refusals', async (request) => {
    await service.reportRefusal(token(request), parse(refusalReport, request.body));
    return {};
  });
  addWatchRoute(server, service);
  addAccountRoutes(server, service, token);
  addAdminRoutes(server, service, token);
  addRequestRoutes(server, service, token);
  addSignOnRoutes(server, service, token, log);
}

type TokenOf = (request: FastifyRequest) => string;

/** One's own account. Whoever has an invitation needs no login. */
function addAccountRoutes(server: FastifyInstance, service: AppService, token: TokenOf): void {
  const guesses = createLockout(Date.now, {
    allowedFailures: 10,
    sentence: () => 'Too many invitations from this address were not valid.',
  });
  /** Tokens cannot be guessed; whoever tries shall not keep the store busy with it either. */
  async function unguessed<Result>({ ip }: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
    guesses.check(ip);
    try {
      const result = await work();
      guesses.succeeded(ip);
      return result;
    } catch (error) {
      if (error instanceof RolegateError && error.code === 'not_found') guesses.failed(ip);
      throw error;
    }
  }
  server.post('/v1/invitations/look', async (request) =>
    unguessed(request, () => service.lookAtInvitation(parse(invitationRequest, request.body))),
  );
  server.post('/v1/invitations/accept', async (request) =>
    unguessed(request, () => service.acceptInvitation(parse(acceptInvitationRequest, request.body))),
  );
  server.get('/v1/account', async (request) => service.account(token(request)));
  server.post('/v1/account/password', async (request) => {
    await service.changePassword(token(request), parse(changePasswordRequest, request.body));
    return {};
  });
  server.post('/v1/account/authenticator/new', async (request) => service.newAuthenticator(token(request)));
  server.post('/v1/account/authenticator/add', async (request) => {
    await service.addAuthenticator(token(request), parse(addAuthenticatorRequest, request.body));
    return {};
  });
  server.post('/v1/account/passkeys/start', async (request) =>
    service.startPasskey(token(request), parse(startPasskeyRequest, request.body)),
  );
  server.post('/v1/account/passkeys/finish', async (request) => {
    await service.finishPasskey(token(request), parse(finishPasskeyRequest, request.body));
    return {};
  });
  server.post('/v1/account/passkeys/rename', async (request) => {
    await service.renamePasskey(token(request), parse(renamePasskeyRequest, request.body));
    return {};
  });
  server.post('/v1/account/passkeys/remove', async (request) => {
    await service.removePasskey(token(request), parse(removePasskeyRequest, request.body));
    return {};
  });
  server.post('/v1/account/authenticator/remove', async (request) => {
    await service.removeAuthenticator(token(request), parse(removeAuthenticatorRequest, request.body));
    return {};
  });
}

/** Asking for access. */
function addRequestRoutes(server: FastifyInstance, service: AppService, token: TokenOf): void {
  server.get('/v1/access-requests', async (request) => service.accessRequests(token(request)));
  server.post('/v1/access-requests', async (request) =>
    service.createAccessRequest(token(request), parse(createAccessRequest, request.body)),
  );
  server.post('/v1/access-requests/resolve', async (request) =>
    service.resolveAccessRequest(token(request), parse(resolveAccessRequest, request.body)),
  );
  server.post('/v1/access-requests/withdraw', async (request) =>
    service.withdrawAccessRequest(token(request), parse(withdrawAccessRequest, request.body)),
  );
}

/** What administrators and auditors ask. Names are in bodies, not in paths: they may hold any character. */
function addAdminRoutes(server: FastifyInstance, service: AppService, token: TokenOf): void {
  server.post('/v1/resources/show', async (request) =>
    service.showResources(token(request), parse(showResourcesRequest, request.body)),
  );
  server.post('/v1/resources/write', { bodyLimit: maxWriteBody }, async (request) =>
    service.writeResources(token(request), parse(writeResourcesRequest, request.body)),
  );
  server.post('/v1/resources/delete', async (request) => {
    await service.deleteResource(token(request), parse(deleteResourceRequest, request.body));
    return {};
  });
  addReviewRoutes(server, service, token);
  server.post('/v1/access/explain', async (request) =>
    service.explainAccess(token(request), parse(explainRequest, request.body)),
  );
  server.post('/v1/access/matrix', async (request) =>
    service.accessMatrix(token(request), parse(matrixRequest, request.body)),
  );
  server.post('/v1/audit/query', async (request) =>
    service.queryAudit(token(request), parse(auditQuery, request.body)),
  );
  server.get('/v1/audit/head', async (request) => service.auditHead(token(request)));
  server.post('/v1/logins', async (request) => service.logins(token(request), parse(loginsRequest, request.body)));
  server.post('/v1/users/reset', async (request) =>
    service.resetUser(token(request), parse(resetUserRequest, request.body)),
  );
  server.post('/v1/logins/end', async (request) =>
    service.endSessions(token(request), parse(endSessionsRequest, request.body)),
  );
}

/** Looking before writing. */
function addReviewRoutes(server: FastifyInstance, service: AppService, token: TokenOf): void {
  const bodyLimit = 4 * maxReviewedText;
  server.get('/v1/access/own', async (request) => service.ownRules(token(request)));
  server.post('/v1/resources/check', { bodyLimit }, async (request) =>
    service.checkResources(token(request), parse(reviewRequest, request.body)),
  );
  server.post('/v1/resources/preview', { bodyLimit }, async (request) =>
    service.previewResources(token(request), parse(reviewRequest, request.body)),
  );
}

/** Documents are escaped once more on their way, and a few may come together. */
const maxWriteBody = 4 * maxResourceText;
