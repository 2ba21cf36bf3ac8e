import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  acsPath,
  type ConnectorKind,
  callbackPath,
  connectorId,
  finishSignOnRequest,
  passkeyAnswer,
  passkeyAnswerPath,
  passkeyScriptPath,
  redirectPath,
  signOnPath,
  signOnRequest,
} from '../../src-shared/contracts/sign-on-api.ts';
import type { AppService } from '../app-service.ts';
import type { Log } from '../log.ts';
import type { Homecoming } from '../service/sign-on.ts';
import { toHttpError } from './errors.ts';
import { originOf } from './origin.ts';
import { parse } from './parse.ts';
import { passkeyPage, passkeyPageHeaders, passkeyScript, passkeyScriptHeaders } from './passkey-page.ts';
import { page, pageHeaders } from './sign-on-pages.ts';

type WithId = { Params: { id: string } };
type WithName = { Params: { name: string } };

/** Answers of SAML providers may list many groups. */
const maxAnswer = 512 * 1024;

/**
 * Single sign-on: calls of the client, and pages for the browser. A page answers an error with a page, and leads
 * nowhere but to the provider and to 127.0.0.1.
 */
export function addSignOnRoutes(
  server: FastifyInstance,
  service: AppService,
  token: (request: FastifyRequest) => string,
  log: Log,
): void {
  server.post('/v1/sso/start', async (request) => service.startSignOn(parse(signOnRequest, request.body)));
  server.post('/v1/sso/finish', async (request) => service.finishSignOn(parse(finishSignOnRequest, request.body)));
  server.post(passkeyAnswerPath, async (request) => {
    const { state, answer } = parse(passkeyAnswer, request.body);
    return { home: homeOf(await service.takePasskeyAnswer(state, answer)) };
  });
  server.post('/v1/connectors/test', async (request) => {
    const connector = parse(connectorId, request.body);
    const result = await service.testConnector(token(request), connector);
    return { ...result, register: service.connectorRegistration(connector, originOf(request)) };
  });

  server.register(async (pages) => {
    pages.setErrorHandler((error, _request, reply) => sendError(reply, error, log));
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxAnswer },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );

    pages.get<WithId>(`${signOnPath}:id`, async (request, reply) => {
      const next = await service.signOnPage(request.params.id, originOf(request));
      if (typeof next !== 'string') return reply.headers(passkeyPageHeaders).send(passkeyPage(next));
      return reply.headers(pageHeaders).redirect(next, 303);
    });
    pages.get(callbackPath, async (request, reply) => {
      const { search } = new URL(request.url, 'https://service.invalid');
      return goHome(reply, service, new URLSearchParams(search), ['oidc', 'github']);
    });
    pages.get(passkeyScriptPath, (_request, reply) => reply.headers(passkeyScriptHeaders).send(passkeyScript));
    pages.post(acsPath, { bodyLimit: maxAnswer }, async (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      return goHome(reply, service, form, ['saml']);
    });
    pages.get<WithName>('/v1/sso/saml/:name/metadata', async (request, reply) => {
      const xml = await service.samlMetadata(request.params.name, originOf(request));
      return reply.headers({ 'content-type': 'application/samlmetadata+xml' }).send(xml);
    });
  });
}

/**
 * Sends the browser on to the client. By a page, not by a redirect: a provider's page may say where the forms on it
 * lead (`form-action`), and browsers hold redirects to that as well.
 */
async function goHome(reply: FastifyReply, service: AppService, answer: URLSearchParams, kinds: ConnectorKind[]) {
  const home = homeOf(await service.takeProviderAnswer(answer, kinds));
  return reply.headers(pageHeaders).send(page('Back to Rolegate', ['You are being taken back to Rolegate.'], home));
}

function homeOf({ port, state, code }: Homecoming): string {
  return `http://127.0.0.1:${port}${redirectPath}?${new URLSearchParams({ state, code })}`;
}

function sendError(reply: FastifyReply, error: unknown, log: Log) {
  const { status, body } = toHttpError(error, log);
  const { message, hint } = body.error;
  return reply
    .status(status)
    .headers(pageHeaders)
    .send(page('Signing in did not work', hint === undefined ? [message] : [message, hint]));
}
