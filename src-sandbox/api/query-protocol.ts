import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { escapeMarkup } from '../http/markup.ts';
import type { Reply } from '../http/reply.ts';
import type { SandboxRequest } from '../http/request.ts';

/** A refusal with a service's own status and code. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A result as XML has it: names with texts, with more of the same, or with several of either. */
export interface Members {
  [name: string]: string | Members | readonly (string | Members)[];
}

/** A request's parameters: those of a form in the body, or else of the query. */
export function parametersOf(request: Pick<SandboxRequest, 'query'>, body: Buffer): URLSearchParams {
  return new URLSearchParams(body.length > 0 ? body.toString() : request.query);
}

/** The answer to an action of the query protocol that succeeded. */
export function queryReply(namespace: string, action: string, result: Members, requestId: string): Reply {
  return xmlReply(
    `<${action}Response xmlns="${namespace}"><${action}Result>${elements(result)}</${action}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
    requestId,
  );
}

/** The answer to an action of the EC2 protocol that succeeded. */
export function ec2Reply(namespace: string, action: string, result: Members, requestId: string): Reply {
  return xmlReply(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="${namespace}">` +
      `<requestId>${requestId}</requestId>${elements(result)}</${action}Response>`,
    requestId,
  );
}

/** The answer to an action that failed. */
export function queryErrorReply(protocol: 'awsQuery' | 'ec2', error: ServiceError, requestId: string): Reply {
  const { status, code, message } = error;
  return errorReply(protocol, { status, code, message, requestId });
}

function xmlReply(body: string, requestId: string): Reply {
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/xml'],
      ['x-amzn-RequestId', requestId],
    ],
    body,
  };
}

function elements(members: Members): string {
  let xml = '';
  for (const [name, value] of Object.entries(members)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      xml += `<${name}>${typeof one === 'string' ? escapeMarkup(one) : elements(one)}</${name}>`;
    }
  }
  return xml;
}
