import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What is told to a client whose bytes are no HTTP request. */
const sentences: Readonly<Record<string, [status: number, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request line and headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};
const http2Preface = Buffer.from('PRI * HTTP/2');

/** Answers what is not HTTP/1.1 with a sentence and the end of the connection, instead of silence. */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket: Duplex) => {
    if (!socket.writable) return;
    const isHttp2 = error.rawPacket?.subarray(0, http2Preface.length).equals(http2Preface) ?? false;
    const [status, sentence] = isHttp2
      ? [505, 'Rolegate speaks HTTP/1.1 here. Turn off HTTP/2 in the tool.']
      : (sentences[error.code ?? ''] ?? [400, 'This is not a request that Rolegate understands.']);
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${sentence.length + 1}\r\n` +
        `Connection: close\r\n\r\n${sentence}\n`,
    );
  });
}
