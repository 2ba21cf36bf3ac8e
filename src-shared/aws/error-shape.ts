import type { Header } from '../contracts/aws-call.ts';
import { cborTextMap } from './cbor.ts';
import type { ErrorProtocol } from './protocol.ts';

/** Why a request is refused, independent of how the service would spell it. */
export const refusals = [
  'missing_authentication',
  'incomplete_signature',
  'unknown_access_key',
  'signature_mismatch',
  'clock_skew',
  'expired_token',
  'expired_request',
  'access_denied',
  'invalid_request',
  'request_too_large',
  'request_timeout',
  'not_implemented',
  'service_unavailable',
  'internal',
] as const;
export type Refusal = (typeof refusals)[number];

interface RefusalCodes {
  status: number;
  json: string;
  query: string;
  s3: string;
}

/**
 * Each refusal with its HTTP status and its error code in AWS's three vocabularies. SDKs act on these codes (they
 * refresh credentials, correct their clock, retry), so they are AWS's own; our reason goes into the message.
 * Sources: "Common errors" of the DynamoDB and STS API references, and S3 API reference "Error responses".
 */
const refusalCodes: Record<Refusal, RefusalCodes> = {
  missing_authentication: refusal(
    403,
    'MissingAuthenticationTokenException',
    'MissingAuthenticationToken',
    'AccessDenied',
  ),
  incomplete_signature: refusal(
    403,
    'IncompleteSignatureException',
    'IncompleteSignature',
    'AuthorizationHeaderMalformed',
  ),
  unknown_access_key: refusal(403, 'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'),
  signature_mismatch: refusal(403, 'InvalidSignatureException', 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'),
  clock_skew: refusal(403, 'InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestTimeTooSkewed'),
  expired_token: refusal(403, 'ExpiredTokenException', 'ExpiredToken', 'ExpiredToken'),
  // A presigned request whose time is over: S3 calls that a denial.
  expired_request: refusal(403, 'InvalidSignatureException', 'SignatureDoesNotMatch', 'AccessDenied'),
  access_denied: refusal(403, 'AccessDeniedException', 'AccessDenied', 'AccessDenied'),
  invalid_request: refusal(400, 'ValidationException', 'ValidationError', 'InvalidRequest'),
  request_too_large: refusal(413, 'RequestEntityTooLargeException', 'RequestEntityTooLarge', 'EntityTooLarge'),
  // SDKs try again after this one.
  request_timeout: refusal(400, 'RequestTimeoutException', 'RequestTimeout', 'RequestTimeout'),
  not_implemented: refusal(501, 'UnknownOperationException', 'InvalidAction', 'NotImplemented'),
  service_unavailable: refusal(503, 'ServiceUnavailableException', 'ServiceUnavailable', 'ServiceUnavailable'),
  internal: refusal(500, 'InternalFailure', 'InternalFailure', 'InternalError'),
};

function refusal(status: number, json: string, query: string, s3: string): RefusalCodes {
  return { status, json, query, s3 };
}

export interface AwsErrorText {
  refusal: Refusal;
  /** A sentence that a person can act on. */
  message: string;
  requestId: string;
}

/** An error reply in a service's own format, ready to be written to a socket. */
export interface AwsErrorReply {
  status: number;
  headers: Header[];
  body: Uint8Array;
}

/** Writes an error as the service would, so that every SDK shows our reason as it shows AWS's. */
export function awsErrorReply(protocol: ErrorProtocol, error: AwsErrorText): AwsErrorReply {
  const codes = refusalCodes[error.refusal];
  const code = awsCodeOf(protocol, error.refusal);
  return errorReply(protocol, { status: codes.status, code, queryCode: codes.query, ...error });
}

/** The AWS error code of a refusal in a protocol's vocabulary. */
export function awsCodeOf(protocol: ErrorProtocol, refusal: Refusal): string {
  const codes = refusalCodes[refusal];
  if (protocol === 's3') return codes.s3;
  return protocol === 'awsQuery' || protocol === 'ec2' || protocol === 'restXml' ? codes.query : codes.json;
}

/** Any AWS error; the sandbox has codes of its own. */
export interface AnyAwsError {
  status: number;
  code: string;
  /** The code in the query protocol's vocabulary, for clients that still look for it; the same unless given. */
  queryCode?: string;
  message: string;
  requestId: string;
  /** More elements of an S3 error, such as the bucket's name, which SDKs act on; other protocols have none. */
  elements?: readonly (readonly [name: string, text: string])[] | undefined;
}

/** Writes any AWS error in the given protocol's format. */
export function errorReply(protocol: ErrorProtocol, error: AnyAwsError): AwsErrorReply {
  const { status, code, message, requestId, elements = [] } = error;
  const type = status < 500 ? 'Sender' : 'Receiver';
  // Smithy specification, "AWS query compatible": a header carries the code that older clients know.
  const queryError: Header = ['x-amzn-query-error', `${error.queryCode ?? code};${type}`];
  switch (protocol) {
    case 'awsJson1_0':
    case 'awsJson1_1':
    case 'awsQueryJson': {
      const version = protocol === 'awsJson1_1' ? '1.1' : '1.0';
      return reply(status, `application/x-amz-json-${version}`, JSON.stringify({ __type: code, message }), [
        ['x-amzn-RequestId', requestId],
        ...(protocol === 'awsQueryJson' ? [queryError] : []),
      ]);
    }
    case 'rpcV2Cbor':
    case 'awsQueryCbor':
      return reply(status, 'application/cbor', cborTextMap({ __type: code, message }), [
        ['smithy-protocol', 'rpc-v2-cbor'],
        ['x-amzn-RequestId', requestId],
        ...(protocol === 'awsQueryCbor' ? [queryError] : []),
      ]);
    case 'restJson':
      return reply(status, 'application/json', JSON.stringify({ code, message }), [
        ['x-amzn-RequestId', requestId],
        ['x-amzn-ErrorType', code],
      ]);
    case 'awsQuery':
    case 'restXml':
      return reply(
        status,
        'text/xml',
        `<ErrorResponse><Error><Type>${type}</Type><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>` +
          `<RequestId>${xml(requestId)}</RequestId></ErrorResponse>`,
        [['x-amzn-RequestId', requestId]],
      );
    case 'ec2':
      return reply(
        status,
        'text/xml;charset=UTF-8',
        `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${xml(code)}</Code>` +
          `<Message>${xml(message)}</Message></Error></Errors><RequestID>${xml(requestId)}</RequestID></Response>`,
        [['x-amzn-RequestId', requestId]],
      );
    case 's3':
      return reply(
        status,
        'application/xml',
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message>` +
          elements.map(([name, text]) => `<${name}>${xml(text)}</${name}>`).join('') +
          `<RequestId>${xml(requestId)}</RequestId></Error>`,
        [['x-amz-request-id', requestId]],
      );
  }
}

function reply(status: number, contentType: string, content: string | Uint8Array, ids: Header[]): AwsErrorReply {
  const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { status, headers: [['Content-Type', contentType], ['Content-Length', String(body.length)], ...ids], body };
}

/** Text as XML character data; what XML 1.0 cannot hold (control characters) is left out. */
function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
