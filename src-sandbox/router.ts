import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { awsErrorReply } from '../src-shared/aws/error-shape.ts';
import { protocolOf } from '../src-shared/aws/protocol.ts';
import { headerValue } from '../src-shared/contracts/aws-call.ts';
import { isPresigned } from '../src-shared/sigv4/presigned.ts';
import { type ApiContext, answerApi } from './api/api.ts';
import { likelyService } from './api/likely-service.ts';
import { answerConsole, type ConsoleContext } from './console/console.ts';
import { answerFederation, type FederationContext } from './console/federation.ts';
import { noticePage } from './console/page.ts';
import type { Answer } from './http/listener.ts';
import { type Reply, send } from './http/reply.ts';
import type { SandboxRequest } from './http/request.ts';

/** Everything that requests are answered with. */
export interface RouterContext extends ApiContext, ConsoleContext, FederationContext {
  /** Is told what went wrong in the sandbox itself. */
  onError: (error: unknown) => void;
}

/**
 * Makes the function that answers every request: those that are signed, in a header or in the query, are for an AWS
 * API, the others for the sign-in endpoint and the console if they name a page of theirs. The rest is what S3 takes
 * from anybody, or refuses.
 */
export function router(context: RouterContext): Answer {
  return async (request, response) => {
    // One clock for everything the sandbox says; SDKs correct their own by this header.
    response.setHeader('Date', new Date(context.now()).toUTCString());
    try {
      const reply = isForApi(request) ? undefined : await answerBrowser(request, context);
      if (reply) send(response, reply);
      else await answerApi(request, context, response);
    } catch (error) {
      fail(request, response, error, context);
    }
  };
}

function isForApi({ headers, query }: SandboxRequest): boolean {
  if (headerValue(headers, 'authorization') !== undefined || isPresigned(query)) return true;
  // An SDK that does not sign is no browser either.
  return headers.some(([name]) => /^(?:amz-sdk|x-amz)-/i.test(name));
}

/** A page for a browser, or undefined when the request is for none. */
async function answerBrowser(request: SandboxRequest, context: RouterContext): Promise<Reply | undefined> {
  // A page of another name that has been made to point here must get nothing (DNS rebinding).
  if (!context.ownHosts.includes(headerValue(request.headers, 'host') ?? '')) return undefined;
  if (request.path === '/federation' && request.method === 'GET') {
    return answerFederation(new URLSearchParams(request.query), context);
  }
  try {
    return await answerConsole(request, context);
  } catch (error) {
    context.onError(error);
    return noticePage(503, 'The tables cannot be shown', "The sandbox's DynamoDB did not answer. Load the page again.");
  }
}

/** The last resort: a fault of the sandbox itself, whose text may hold anything and goes to nobody. */
function fail(request: SandboxRequest, response: ServerResponse, error: unknown, context: RouterContext): void {
  // The client went away: nothing failed here.
  if (request.isBroken() || response.destroyed) return;
  context.onError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const protocol = protocolOf(likelyService(request), request);
  const message = 'Something went wrong inside the sandbox. Try again.';
  send(response, awsErrorReply(protocol, { refusal: 'internal', message, requestId: randomUUID() }));
}
