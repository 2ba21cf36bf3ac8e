import { accountId } from '../iam/account.ts';

/** What dynoxide writes in place of region and account. */
const enginePrefix = 'arn:aws:dynamodb:dynoxide:000000000000:';

/** The longest answer that is looked through, in bytes. */
const maxLength = 1024 * 1024;

/**
 * An answer that describes tables, with the ARNs of the engine's own invention made those of the sandbox's account
 * and region. Everything else stays as it was, byte for byte.
 */
export function withSandboxArns(body: Buffer, region: string): Buffer {
  if (body.length > maxLength || !body.includes(enginePrefix)) return body;
  const ours = `arn:aws:dynamodb:${region}:${accountId}:`;
  // latin1 keeps each byte; the prefix is ASCII in either encoding.
  return Buffer.from(body.toString('latin1').replaceAll(enginePrefix, ours), 'latin1');
}
