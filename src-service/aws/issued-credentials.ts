import type { Readable } from 'node:stream';
import type { AwsReply, ChainGrant } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/** Credentials as they stand in an answer of AWS's. */
export interface IssuedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const maxAnswerBytes = 256 * 1024;
const elements = {
  accessKeyId: 'AccessKeyId',
  secretAccessKey: 'SecretAccessKey',
  sessionToken: 'SessionToken',
  expiration: 'Expiration',
} as const;

/**
 * Reads an answer that holds credentials (STS AssumeRole, S3 CreateSession: both XML with the same four elements).
 * An answer that cannot be read for certain is not passed on.
 *
 * @throws RolegateError `unavailable`
 */
export async function readIssued(reply: AwsReply): Promise<{ xml: string; issued: IssuedCredentials }> {
  const xml = await readText(reply.body);
  const expiresAt = Date.parse(elementText(xml, elements.expiration));
  if (Number.isNaN(expiresAt)) throw unreadable();
  const issued = {
    accessKeyId: elementText(xml, elements.accessKeyId),
    secretAccessKey: elementText(xml, elements.secretAccessKey),
    sessionToken: elementText(xml, elements.sessionToken),
    expiresAt,
  };
  return { xml, issued };
}

/** The answer with virtual credentials in the place of those that AWS issued, and everything else as it was. */
export function withVirtual(reply: AwsReply, xml: string, virtual: ChainGrant): AwsReply {
  let text = replaceElement(xml, elements.accessKeyId, virtual.accessKeyId);
  text = replaceElement(text, elements.secretAccessKey, virtual.secretAccessKey);
  text = replaceElement(text, elements.sessionToken, virtual.sessionToken);
  const expiration = new Date(virtual.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
  const body = Buffer.from(replaceElement(text, elements.expiration, expiration), 'utf8');
  const kept = reply.headers.filter(([name]) => !/^(?:content-length|transfer-encoding|content-encoding)$/i.test(name));
  return { ...reply, headers: [...kept, ['Content-Length', String(body.length)]], body };
}

/** The text of an element that stands in the document exactly once. */
function elementText(xml: string, name: string): string {
  const found = [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))];
  const text = found[0]?.[1]?.trim() ?? '';
  if (found.length !== 1 || text === '') throw unreadable();
  return text;
}

function replaceElement(xml: string, name: string, text: string): string {
  return xml.replace(
    new RegExp(`(<${name}>)[^<]*(</${name}>)`),
    (_, open: string, close: string) => open + text + close,
  );
}

async function readText(body: Uint8Array | Readable): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw unreadable();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function unreadable(): RolegateError {
  return new RolegateError('unavailable', 'AWS answered with credentials in a form that Rolegate does not know.', {
    hint: 'They were not passed on.',
  });
}
