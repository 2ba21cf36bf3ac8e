import type { IncomingMessage } from 'node:http';

/** The longest request body that DynamoDB takes, in bytes; longer ones are nobody's here. */
export const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Reads a whole request body into memory.
 *
 * @returns undefined when it is longer than {@link maxBodyBytes}; what is too much is let go as it comes
 * @throws when the client goes away before the end
 */
export function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(message.headers['content-length']) > maxBodyBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBodyBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    message.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', reject);
  });
}
