import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What makes its answers wrong, for tests of who takes them. */
export interface Lies {
  origin?: string;
  rpId?: string;
  counter?: number;
  userHandle?: string;
  /** Says that it has not verified the user. */
  unverified?: boolean;
}

export interface SoftwareAuthenticator {
  create(options: CreateOptions, origin: string, lies?: Lies): unknown;
  get(options: GetOptions, origin: string, lies?: Lies): unknown;
}

interface CreateOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}
interface GetOptions {
  challenge: string;
  rpId: string;
}

/** An authenticator with one passkey: ES256, packed self attestation. Source: Web Authentication Level 3, §6, §8.2. */
export function softwareAuthenticator(): SoftwareAuthenticator {
  const id = randomBytes(32);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let userHandle = '';
  let counter = 0;
  const head = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' };

  return {
    create({ challenge, rp, user }, origin, lies = {}) {
      userHandle = user.id;
      const clientData = clientDataOf('webauthn.create', challenge, lies.origin ?? origin);
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey(publicKey)]);
      const data = Buffer.concat([authenticatorData(lies.rpId ?? rp.id, 0x40, 0, lies), attested]);
      const attestation = map([
        [text('fmt'), text('packed')],
        [
          text('attStmt'),
          map([
            [text('alg'), Buffer.from([0x26])],
            [text('sig'), bytes(signed(privateKey, data, clientData))],
          ]),
        ],
        [text('authData'), bytes(data)],
      ]);
      const response = { clientDataJSON: base64(clientData), attestationObject: base64(attestation) };
      return { ...head, response: { ...response, transports: ['internal'] } };
    },

    get({ challenge, rpId }, origin, lies = {}) {
      counter = lies.counter ?? counter + 1;
      const clientData = clientDataOf('webauthn.get', challenge, lies.origin ?? origin);
      const data = authenticatorData(lies.rpId ?? rpId, 0, counter, lies);
      const response = {
        clientDataJSON: base64(clientData),
        authenticatorData: base64(data),
        signature: base64(signed(privateKey, data, clientData)),
        userHandle: lies.userHandle ?? userHandle,
      };
      return { ...head, response };
    },
  };
}

function clientDataOf(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData(rpId: string, more: number, counter: number, { unverified = false }: Lies): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  const flags = 0x01 | (unverified ? 0 : 0x04) | more;
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
}

function signed(key: KeyObject, data: Buffer, clientData: Buffer): Buffer {
  return sign('sha256', Buffer.concat([data, createHash('sha256').update(clientData).digest()]), key);
}

/** An EC2 key in COSE (RFC 9053 §7.1.1): kty 2, alg -7, crv 1, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const [one, two] = [x, y].map((part) => bytes(Buffer.from(part, 'base64url'))) as [Buffer, Buffer];
  return Buffer.concat([Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]), one, Buffer.from([0x22]), two]);
}

// As much of CBOR (RFC 8949 §3) as the above takes.
function header(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  return length < 256
    ? Buffer.from([(major << 5) | 24, length])
    : Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(length)]);
}
function bytes(value: Buffer): Buffer {
  return Buffer.concat([header(2, value.length), value]);
}
function text(value: string): Buffer {
  return Buffer.concat([header(3, value.length), Buffer.from(value)]);
}
function map(entries: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([header(5, entries.length), ...entries.flat()]);
}
function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
function base64(value: Buffer): string {
  return value.toString('base64url');
}
