import type { Header } from '../contracts/aws-call.ts';
import { headerValue } from '../contracts/aws-call.ts';

/** The wire formats in which AWS services report errors. */
export type ErrorProtocol = 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2' | 's3' | 'restXml' | 'restJson';

/** Why a request is refused, independent of how the service would spell it. */
export type Refusal =
  | 'missing_authentication'
  | 'incomplete_signature'
  | 'unknown_access_key'
  | 'signature_mismatch'
  | 'clock_skew'
  | 'expired_token'
  | 'expired_request'
  | 'access_denied'
  | 'invalid_request'
  | 'request_too_large'
  | 'not_implemented'
  | 'service_unavailable'
  | 'internal';

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
  not_implemented: refusal(501, 'UnknownOperationException', 'InvalidAction', 'NotImplemented'),
  service_unavailable: refusal(503, 'ServiceUnavailableException', 'ServiceUnavailable', 'ServiceUnavailable'),
  internal: refusal(500, 'InternalFailure', 'InternalFailure', 'InternalError'),
};

function refusal(status: number, json: string, query: string, s3: string): RefusalCodes {
  return { status, json, query, s3 };
}

/** Services whose errors are S3's XML. */
const s3Like = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts']);
/** Services that speak the query protocol even when a request does not show it (a GET without a form body). */
const queryServices = new Set(['sts', 'iam', 'sns', 'cloudformation', 'autoscaling', 'elasticloadbalancing', 'rds']);
const restXmlServices = new Set(['cloudfront', 'route53']);

/**
 * Tells in which format a service would answer this request with an error.
 *
 * @param service signing name of the credential scope, if one could be read
 */
export function errorProtocolOf(
  service: string | undefined,
  headers: readonly Header[],
  query: string = '',
): ErrorProtocol {
  if (service === 'ec2') return 'ec2';
  if (service !== undefined && s3Like.has(service)) return 's3';
  const contentType = headerValue(headers, 'content-type') ?? '';
  if (contentType.startsWith('application/x-amz-json-1.0')) return 'awsJson1_0';
  if (contentType.startsWith('application/x-amz-json-1.1') || headerValue(headers, 'x-amz-target')) return 'awsJson1_1';
  if (service === 'dynamodb') return 'awsJson1_0';
  if (service !== undefined && queryServices.has(service)) return 'awsQuery';
  if (contentType.startsWith('application/x-www-form-urlencoded') || /(?:^|&)Action=/.test(query)) return 'awsQuery';
  if (service !== undefined && restXmlServices.has(service)) return 'restXml';
  return 'restJson';
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
  return errorReply(protocol, { status: codes.status, code: awsCodeOf(protocol, error.refusal), ...error });
}

/** The AWS error code of a refusal in a protocol's vocabulary. */
export function awsCodeOf(protocol: ErrorProtocol, refusal: Refusal): string {
  const codes = refusalCodes[refusal];
  if (protocol === 's3') return codes.s3;
  return protocol === 'awsQuery' || protocol === 'ec2' || protocol === 'restXml' ? codes.query : codes.json;
}

/** Writes any AWS error (the sandbox has codes of its own) in the given protocol's format. */
export function errorReply(
  protocol: ErrorProtocol,
  error: { status: number; code: string; message: string; requestId: string },
): AwsErrorReply {
  const { status, code, message, requestId } = error;
  switch (protocol) {
    case 'awsJson1_0':
    case 'awsJson1_1': {
      const version = protocol === 'awsJson1_0' ? '1.0' : '1.1';
      return reply(status, `application/x-amz-json-${version}`, JSON.stringify({ __type: code, message }), [
        ['x-amzn-RequestId', requestId],
      ]);
    }
    case 'restJson':
      return reply(status, 'application/json', JSON.stringify({ code, message }), [
        ['x-amzn-RequestId', requestId],
        ['x-amzn-ErrorType', code],
      ]);
    case 'awsQuery':
    case 'restXml': {
      const type = status < 500 ? 'Sender' : 'Receiver';
      return reply(
        status,
        'text/xml',
        `<ErrorResponse><Error><Type>${type}</Type><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>` +
          `<RequestId>${xml(requestId)}</RequestId></ErrorResponse>`,
        [['x-amzn-RequestId', requestId]],
      );
    }
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
          `<RequestId>${xml(requestId)}</RequestId></Error>`,
        [['x-amz-request-id', requestId]],
      );
  }
}

function reply(status: number, contentType: string, text: string, ids: Header[]): AwsErrorReply {
  const body = new TextEncoder().encode(text);
  return { status, headers: [['Content-Type', contentType], ['Content-Length', String(body.length)], ...ids], body };
}

/** Text as XML character data; what XML 1.0 cannot hold (control characters) is left out. */
function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
