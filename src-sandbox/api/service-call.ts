import type { SandboxRequest } from '../http/request.ts';
import type { AccessKey } from '../iam/access-keys.ts';

/** A request that has been verified, body and all, on its way to a service. */
export interface ServiceCall {
  requestId: string;
  request: SandboxRequest;
  body: Buffer;
  /** Of the credential scope. */
  region: string;
  caller: AccessKey;
}
