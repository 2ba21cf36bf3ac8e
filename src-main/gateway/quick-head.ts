import type { Header, IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import { readHeaderBlock } from '../../src-shared/http/header-block.ts';
import { isNamed } from '../../src-shared/http/header-names.ts';
import { pathAndQuery } from './request-target.ts';

/** The head of a usual request. */
export interface QuickHead {
  request: Omit<IncomingAwsRequest, 'body'>;
  /** Where its body begins, in what has arrived. */
  bodyStart: number;
  /** Bytes of its body; 0 for none. */
  length: number;
}

const endOfHead = Buffer.from('\r\n\r\n');
/** The methods that AWS knows, a path, and HTTP/1.1. */
const requestLine = /^(DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/[!-~]*) HTTP\/1\.1$/;
/** What neither a header nor the lines between them may hold (RFC 9110 §5.5). */
const notInHead = /[^\t\r\n\u0020-\u007e\u0080-\u00ff]/;
const decimal = /^\d{1,15}$/;
/** Far more than any tool sends. */
const maxHeaders = 200;

/**
 * Reads the head of the one kind of request that tools nearly always send: HTTP/1.1 for a path of this host, its body (if
 * any) of a declared length. Everything else, be it unusual, malformed or not there yet, is left to Node's HTTP server; so
 * whatever is read here has one meaning only (RFC 9112 §6.3).
 *
 * @param bytes all that has arrived
 * @param maxHead bytes of request line and headers
 * @returns undefined for everything else
 */
export function readQuickHead(bytes: Buffer, maxHead: number): QuickHead | undefined {
  const end = bytes.indexOf(endOfHead);
  if (end < 0 || end > maxHead) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const firstEnd = head.indexOf('\r\n');
  const [, method, target] = (firstEnd > 0 && requestLine.exec(head.slice(0, firstEnd))) || [];
  if (method === undefined || target === undefined || notInHead.test(head)) return undefined;
  const headers = readHeaderBlock(head, firstEnd);
  const length = headers && headers.length <= maxHeaders ? plainLength(headers) : undefined;
  if (!headers || length === undefined) return undefined;
  return { request: { method, ...pathAndQuery(target), headers }, bodyStart: end + endOfHead.length, length };
}

/** The length of the body, 0 for none; undefined where a header makes the request an unusual one. */
function plainLength(headers: readonly Header[]): number | undefined {
  let length: number | undefined;
  let hosts = 0;
  for (const [name, value] of headers) {
    // Of most headers the length tells that they are not meant.
    switch (name.length) {
      case 4:
        if (isNamed(name, 'host')) hosts += 1;
        break;
      case 6:
        if (isNamed(name, 'expect')) return undefined;
        break;
      case 7:
        if (isNamed(name, 'trailer') || isNamed(name, 'upgrade')) return undefined;
        break;
      case 10:
        if (isNamed(name, 'connection') && !isNamed(value, 'keep-alive')) return undefined;
        break;
      case 14:
        if (!isNamed(name, 'content-length')) break;
        if (length !== undefined || !decimal.test(value)) return undefined;
        length = Number(value);
        break;
      case 17:
        if (isNamed(name, 'transfer-encoding')) return undefined;
    }
  }
  return hosts === 1 ? (length ?? 0) : undefined;
}
