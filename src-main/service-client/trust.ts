import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { outboundConnector } from '../../src-shared/outbound/connect.ts';
import { directly, type Outbound } from '../../src-shared/outbound/outbound.ts';
import { normalizeFingerprint } from './service-address.ts';

/** By what a service's certificate is trusted, beside the system's own authorities. */
export interface ServiceTrust {
  /** PEM of a certificate authority; then it alone is trusted. */
  caPem?: string | undefined;
  /** SHA-256 of the very certificate, as `AA:BB:…`. It then needs no authority and no matching name. */
  fingerprint?: string | undefined;
}

const connectTimeout = 10_000;

/** Opens connections that hold the server to a trust: nothing is sent before its certificate has been checked. */
export function serviceConnector(
  { caPem, fingerprint }: ServiceTrust,
  outbound: Outbound = directly,
): buildConnector.connector {
  const connector = (options: buildConnector.BuildOptions) =>
    outboundConnector({ buildConnector }, outbound, { ...options, timeout: connectTimeout });
  if (fingerprint === undefined) {
    return connector(caPem === undefined ? {} : { ca: caPem });
  }
  const wanted = normalizeFingerprint(fingerprint);
  // The pin vouches instead of a chain. A resumed session would show no certificate to compare with it.
  const connect = connector({ rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error || !socket) return callback(...result);
      if (certificateFingerprint(socket as TLSSocket) === wanted) return callback(null, socket);
      socket.destroy();
      callback(
        Object.assign(new Error('The certificate is not the pinned one.'), { code: 'FINGERPRINT_MISMATCH' }),
        null,
      );
    });
}

/** The SHA-256 fingerprint of the certificate that the other side showed, as `AA:BB:…`. */
export function certificateFingerprint(socket: TLSSocket): string | undefined {
  return socket.getPeerX509Certificate()?.fingerprint256;
}
