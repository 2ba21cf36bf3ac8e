import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Reached } from '../../src-shared/contracts/network.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import { connectThrough } from '../../src-shared/outbound/connect.ts';
import { type Outbound, proxyName } from '../../src-shared/outbound/outbound.ts';

/** A host to try. */
export interface Target {
  host: string;
  port: number;
  /** Whether its certificate must be one that this machine trusts; otherwise a connection is enough. */
  isTrusted: boolean;
}

const timeout = 10_000;

/**
 * Tries whether a host can be reached, by opening a connection and closing it again; nothing is sent.
 *
 * @param ca authorities to trust in place of the system's
 */
export async function reach({ host, port, isTrusted }: Target, outbound: Outbound, ca?: string): Promise<Reached> {
  let through: { through: string } | undefined;
  try {
    const proxy = outbound.proxyFor(host, port);
    if (proxy) through = { through: proxyName(proxy) };
    const socket = proxy ? await connectThrough(proxy, host, port, timeout) : await connectDirectly(host, port);
    if (isTrusted) await handshake(socket, host, ca);
    socket.destroy();
    return { host, ...through };
  } catch (error) {
    return { host, ...through, error: toErrorData(error) };
  }
}

function connectDirectly(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectPlain({ host, port, timeout }, () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    socket.once('error', ({ code }: Error & { code?: string }) => {
      const unknown = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
      reject(
        new RolegateError(
          'unavailable',
          unknown ? `The name ${host} is not known here.` : `${host} cannot be reached.`,
          {
            hint: 'If this machine reaches the internet through a proxy only, name the proxy here.',
          },
        ),
      );
    });
  });
}

function handshake(socket: Socket, servername: string, ca: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, servername, ...(ca !== undefined && { ca }) }, () => {
      secured.destroy();
      resolve();
    });
    secured.setTimeout(timeout, () => secured.destroy(new Error('timeout')));
    secured.once('error', ({ code = '' }: Error & { code?: string }) => {
      socket.destroy();
      reject(/CERT|SIGNATURE|ALTNAME/.test(code) ? untrusted(servername) : noTls(servername));
    });
  });
}

function untrusted(host: string): RolegateError {
  return new RolegateError(
    'unavailable',
    `What answers for ${host} has a certificate that this machine does not trust.`,
    {
      hint:
        'The network seems to open encrypted connections. Start Rolegate with NODE_EXTRA_CA_CERTS set to the file of its ' +
        'certificate authority.',
    },
  );
}

function noTls(host: string): RolegateError {
  return new RolegateError('unavailable', `What answers for ${host} speaks no TLS.`, {
    hint: 'Something on the way answers in its place. Check the address of the proxy.',
  });
}
