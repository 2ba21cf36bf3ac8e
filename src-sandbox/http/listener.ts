import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { RolegateError } from '../../src-shared/errors.ts';
import { requestOf, type SandboxRequest } from './request.ts';

/** Answers one request. */
export type Answer = (request: SandboxRequest, response: ServerResponse) => Promise<void>;

/** A listener that is listening. */
export interface Listener {
  port: number;
  /** Stops listening; connections that are idle end at once, the others when they have been answered. */
  close(): Promise<void>;
}

/** Connections stay open this long between requests, in milliseconds, so that clients need not dial anew. */
const keepAlive = 65_000;
/** How long answers under way may take when the listener closes, in milliseconds. */
const patience = 2_000;

/**
 * Listens on 127.0.0.1, and nowhere else, for HTTP/1.1.
 *
 * @param port 0 for any free one
 * @param onListening is told the port and gives the function that answers
 * @throws RolegateError when the port is taken
 */
export async function listen(port: number, onListening: (port: number) => Answer): Promise<Listener> {
  // An upload takes as long as it takes.
  const server = createServer({ keepAliveTimeout: keepAlive, requestTimeout: 0 });
  const actual = await bind(server, port);
  const answer = onListening(actual);
  server.on('request', (message, response) => {
    void answer(requestOf(message), response);
  });
  server.on('checkContinue', (message, response) => {
    void answer(waitingRequest(message, response), response);
  });
  return { port: actual, close: () => close(server) };
}

/**
 * A request whose client asks first whether to send its body (RFC 9110 §10.1.1). If it is answered without having
 * been told to, what comes next on the connection would be taken for the body: the connection ends.
 */
function waitingRequest(message: IncomingMessage, response: ServerResponse): SandboxRequest {
  response.setHeader('Connection', 'close');
  return requestOf(message, () => {
    response.removeHeader('Connection');
    response.writeContinue();
  });
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error);
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function portTaken(port: number, cause: Error): RolegateError {
  const hint = 'Choose another port, or end the program that listens there.';
  return new RolegateError('conflict', `Port ${port} of 127.0.0.1 is taken by another program.`, { hint, cause });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
