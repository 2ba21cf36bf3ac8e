import { connect } from 'node:tls';
import type { ServiceProbe } from '../../src-shared/contracts/session.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { remoteServiceClient } from './remote.ts';
import { serviceUrl } from './service-address.ts';
import { certificateFingerprint, type ServiceTrust } from './trust.ts';

const probeTimeout = 10_000;

/**
 * Looks who answers at an address. Nothing secret is sent: this is how a certificate that nobody vouches for comes
 * to be shown to the person who decides.
 *
 * @throws RolegateError `bad_input` for an address that is none, `unavailable` when no app-service answers
 */
export async function probeService(address: string, trust: ServiceTrust, version: string): Promise<ServiceProbe> {
  const url = serviceUrl(address);
  const fingerprint = await fingerprintOf(url);
  const ask = async (how: ServiceTrust) => {
    const client = remoteServiceClient({ url, trust: how, version });
    try {
      return await client.info();
    } finally {
      await client.close();
    }
  };
  try {
    const { cluster, version: serviceVersion } = await ask(trust);
    return { url, cluster, version: serviceVersion, fingerprint, trusted: true };
  } catch (error) {
    if (!(error instanceof RolegateError) || !error.message.includes('is not trusted')) throw error;
    const { cluster, version: serviceVersion } = await ask({ fingerprint });
    return { url, cluster, version: serviceVersion, fingerprint, trusted: false };
  }
}

function fingerprintOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const unreachable = () =>
    new RolegateError('unavailable', `Nothing answers at ${hostname}:${port || 443}.`, {
      hint: 'Check the address and the network, and that the app-service runs.',
    });
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(port || 443),
      servername: /[a-z]/i.test(host) ? host : '',
      rejectUnauthorized: false,
    });
    socket.setTimeout(probeTimeout, () => socket.destroy(new Error('timeout')));
    socket.once('secureConnect', () => {
      const fingerprint = certificateFingerprint(socket);
      socket.destroy();
      if (fingerprint === undefined) reject(unreachable());
      else resolve(fingerprint);
    });
    socket.once('error', () => reject(unreachable()));
  });
}
