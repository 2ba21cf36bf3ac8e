import type { Refused } from '../../src-shared/sigv4/verify.ts';

/** Why a request is not accepted: the kind, which decides status and code, and a sentence. */
export function refused(refusal: Refused['refusal'], message: string): Refused {
  return { ok: false, refusal, message };
}
