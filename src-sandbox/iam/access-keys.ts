import { randomBytes } from 'node:crypto';
import type { Principal } from './principal.ts';

/** An access key that the sandbox has issued. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  principal: Principal;
  /** Set for what STS hands out; absent for an IAM user's own key. */
  temporary?: TemporaryAccess;
}

/** What makes an access key a temporary one. */
export interface TemporaryAccess {
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Whether it was got with temporary keys in turn, which AWS limits in several ways. */
  chained: boolean;
  /** Set for what S3 Express hands out: the one bucket that the key is for. */
  bucketSession?: BucketSession | undefined;
}

/** What a key of an S3 Express session is good for. */
export interface BucketSession {
  bucket: string;
  readOnly: boolean;
}

/** How temporary keys are to be. */
export interface TemporarySettings {
  /** Seconds. */
  duration: number;
  chained: boolean;
  bucketSession?: BucketSession;
}

/** How long expired keys are remembered, in milliseconds, so that "expired" is not mistaken for "never issued". */
const rememberedFor = 24 * 3_600_000;

/** The access keys that are in use. They live in memory: a new start of the sandbox issues new ones. */
export class AccessKeys {
  readonly #keys = new Map<string, AccessKey>();
  readonly #now: () => number;

  /** @param now the time in milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Issues the long-term key of an IAM user. */
  issueLongTerm(principal: Principal): AccessKey {
    return this.#keep({ accessKeyId: keyId('AKIA'), secretAccessKey: secret(), principal });
  }

  /** Issues a temporary key with its session token. */
  issueTemporary(
    principal: Principal,
    { duration, ...settings }: TemporarySettings,
  ): AccessKey & { temporary: TemporaryAccess } {
    this.#forgetLongExpired();
    const temporary = { sessionToken: sessionToken(), expiresAt: this.#now() + duration * 1000, ...settings };
    return this.#keep({ accessKeyId: keyId('ASIA'), secretAccessKey: secret(), principal, temporary });
  }

  /** The key with this id, whether or not it has expired. */
  find(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** Whether a key is past its time. */
  isExpired(key: AccessKey): boolean {
    return key.temporary !== undefined && key.temporary.expiresAt <= this.#now();
  }

  #keep<Key extends AccessKey>(key: Key): Key {
    this.#keys.set(key.accessKeyId, key);
    return key;
  }

  #forgetLongExpired(): void {
    const limit = this.#now() - rememberedFor;
    for (const [id, { temporary }] of this.#keys) {
      if (temporary && temporary.expiresAt < limit) this.#keys.delete(id);
    }
  }
}

function keyId(prefix: 'AKIA' | 'ASIA'): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + Array.from(randomBytes(16), (byte) => alphabet[byte % 32]).join('');
}

function secret(): string {
  return randomBytes(30).toString('base64');
}

/** Opaque, and like AWS's in length and alphabet (`/`, `+` and `=` included), which clients have to carry intact. */
function sessionToken(): string {
  return `IQoJb3JpZ2luX2Vj${randomBytes(256).toString('base64')}`;
}
