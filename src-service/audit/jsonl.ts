import { createWriteStream, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { AuditEvent, AuditSink } from './sink.ts';

/**
 * Appends audit events to a file of mode 0600, one JSON object a line.
 *
 * @param onError told when the file cannot be written; events are not thrown away silently
 */
export async function openJsonlAudit(file: string, onError: (error: Error) => void): Promise<AuditSink> {
  await makePrivateFolder(dirname(file));
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', onError);
  await opened(stream);
  return {
    record(event) {
      stream.write(`${formatEvent(event)}\n`);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}

/** One event as one line. JSON escapes control characters and line ends, so that no field can forge an event. */
export function formatEvent({ time, ...event }: AuditEvent): string {
  return JSON.stringify({ time: new Date(time).toISOString(), ...event }).replace(
    /[\u2028\u2029\u007f-\u009f]/g,
    escapeCharacter,
  );
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function opened(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
}
