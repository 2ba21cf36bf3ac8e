import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import { signatureParameter, tokenParameter } from './presigned.ts';
import { sha256Hex } from './signing-key.ts';
import { readAuthorization, verifySignature } from './verify.ts';

/**
 * The published SigV4 test suite (38 cases, signed in headers and in the query). The data is not part of this repository:
 * `SIGV4_VECTORS` names the folder, and without it these tests are skipped.
 */
const folder = process.env['SIGV4_VECTORS'];
const cases = folder && existsSync(folder) ? readdirSync(folder).filter((name) => /^(get|post)-/.test(name)) : [];

describe.skipIf(!folder)('the published SigV4 vectors', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(38);
  });

  const variants = cases.flatMap((name) => (['header', 'query'] as const).map((place) => ({ name, place })));
  describe.each(variants)('$name, in the $place', ({ name, place }) => {
    const read = (file: string) => wireText(join(folder ?? '', name, file));
    const context = JSON.parse(read('context.json')) as { credentials: { secret_access_key: string } };
    const request = parseRequest(read(`${place}-signed-request.txt`));
    const authorization = readAuthorization(request.headers, request.query);
    if (!authorization.ok) throw new Error(authorization.message);
    const payloadHash = authorization.declaredPayload ?? sha256Hex(request.body);
    const tokenIsCovered = read(`${place}-canonical-request.txt`).includes('X-Amz-Security-Token');
    const exceptParameters = [signatureParameter, ...(tokenIsCovered ? [] : [tokenParameter])];

    it('has the canonical request that we make', () => {
      const candidates = canonicalPaths(request.path, 'service').map((canonicalPath) =>
        canonicalRequest({
          ...request,
          canonicalPath,
          signedHeaders: authorization.authorization.signedHeaders,
          payloadHash,
          exceptParameters,
        }),
      );
      expect(candidates).toContain(read(`${place}-canonical-request.txt`));
    });

    it('is accepted', () => {
      const secret = context.credentials.secret_access_key;
      expect(verifySignature(request, authorization, secret, payloadHash)).toBeUndefined();
    });

    it('is refused with another secret, another body or another path', () => {
      const secret = context.credentials.secret_access_key;
      expect(verifySignature(request, authorization, `${secret}x`, payloadHash)?.ok).toBe(false);
      expect(verifySignature(request, authorization, secret, sha256Hex('altered'))?.ok).toBe(false);
      const elsewhere = { ...request, path: `${request.path}altered` };
      expect(verifySignature(elsewhere, authorization, secret, payloadHash)?.ok).toBe(false);
    });
  });
});

function wireText(file: string): string {
  return readFileSync(file, 'latin1').replace(/\r\n/g, '\n');
}

function parseRequest(text: string) {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text.trimEnd() : text.slice(0, end);
  const [requestLine = '', ...lines] = head.split('\n');
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    // A line that begins with white space goes on with the header before it.
    if (/^\s/.test(line) && last) last[1] += ` ${line.trim()}`;
    else headers.push([line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
  }
  const question = target.indexOf('?');
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers: headers as readonly Header[],
    body: end < 0 ? '' : text.slice(end + 2),
  };
}
