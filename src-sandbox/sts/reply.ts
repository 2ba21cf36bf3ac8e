import { errorReply } from '../../src-shared/aws/error-shape.ts';
import { escapeMarkup } from '../http/markup.ts';
import type { Reply } from '../http/reply.ts';

/** A refusal with STS's own status and code. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A result as the query protocol writes it: names with texts, or with more of the same. */
export interface StsResult {
  [name: string]: string | StsResult;
}

/** STS's answer to an action that succeeded. */
export function stsReply(action: string, result: StsResult, requestId: string): Reply {
  const body =
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
    `<${action}Result>${elements(result)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/xml'],
      ['x-amzn-RequestId', requestId],
    ],
    body,
  };
}

/** STS's answer to an action that failed. */
export function stsErrorReply(error: StsError, requestId: string): Reply {
  const { status, code, message } = error;
  return errorReply('awsQuery', { status, code, message, requestId });
}

function elements(result: StsResult): string {
  return Object.entries(result)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeMarkup(value) : elements(value)}</${name}>`)
    .join('');
}
