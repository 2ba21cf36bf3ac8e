import { type AddressInfo, createServer, type Server } from 'node:net';
import { RolegateError } from '../../src-shared/errors.ts';

/** Only this machine can reach what the gateway listens on. */
export const loopback = '127.0.0.1';

/**
 * Binds a server to a port of this machine.
 *
 * @param port 0 for any free one
 * @returns the port that is bound
 * @throws RolegateError `conflict` when another program has it
 */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const onError = (error: Error) => reject(listenError(error, port));
    server.once('error', onError);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.off('error', onError);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** A free port near a taken one, to be offered in its place. */
export async function findFreePort(near: number): Promise<number> {
  for (let port = near + 1; port < Math.min(near + 20, 65_536); port++) {
    if (await isFree(port)) return port;
  }
  const server = createServer();
  const port = await listen(server, 0);
  server.close();
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

function listenError(error: unknown, port: number): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') {
    return new RolegateError('conflict', `Port ${port} is in use by another program.`, {
      hint: 'Choose another port.',
    });
  }
  if (code === 'EACCES') {
    return new RolegateError('access_denied', `Port ${port} may not be used by this user.`, {
      hint: 'Choose a port above 1023.',
    });
  }
  return error;
}
