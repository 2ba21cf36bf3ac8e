import type { Socket } from 'node:net';
import type { Channel } from './channel.ts';

const maxLine = 64 * 1024 * 1024;

/** Messages over a socket, one JSON object a line. A line that is none, or is endless, ends the connection. */
export function lineChannel(socket: Socket): Channel {
  const listeners = new Set<(message: unknown) => void>();
  let pending: Buffer[] = [];
  let size = 0;

  socket.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...pending, rest.subarray(0, end)]).toString('utf8');
      pending = [];
      size = 0;
      rest = rest.subarray(end + 1);
      receive(line);
    }
    if (rest.length > 0) pending.push(rest);
    size += rest.length;
    if (size > maxLine) socket.destroy();
  });
  socket.on('error', () => socket.destroy());

  function receive(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      socket.destroy();
      return;
    }
    for (const listener of [...listeners]) listener(message);
  }

  return {
    send: (message) => void (socket.writable && socket.write(`${JSON.stringify(message)}\n`)),
    onMessage: (listener) => void listeners.add(listener),
    onClose: (listener) => void socket.once('close', listener),
  };
}
