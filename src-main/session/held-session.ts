import { randomBytes } from 'node:crypto';
import type { AppSessionGrant } from '../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import { type LocalKeys, newLocalKeys } from '../../src-shared/local-keys.ts';
import type { KeptKeys } from './kept-keys.ts';
import type { LoginSecrets } from './login-secrets.ts';

/** An app session as this side holds it. */
export interface HeldSession {
  view: Omit<AppSession, 'accessKeyId'>;
  /** The service's id of it; ours stays the same over a new login, so that windows keep their place. */
  serviceId: string;
  keys: LocalKeys;
}

/** What windows see of it. */
export function shown({ view, keys }: HeldSession): AppSession {
  return { ...view, accessKeyId: keys.accessKeyId };
}

export function toView(grant: AppSessionGrant, id = randomBytes(12).toString('base64url')): HeldSession['view'] {
  return { ...grant, id, keepsKeys: false, plainHttp: false, unlocked: false };
}

/** An app session that runs at the service, with what is remembered of it here. */
export async function restored(
  running: AppSessionGrant,
  secrets: LoginSecrets,
  keptKeys: KeptKeys,
): Promise<HeldSession> {
  const kept = await keptKeys.of(running.app, running.role.arn);
  const keepsKeys = kept !== undefined;
  const stored = await secrets.readAppSession(running.id);
  if (!stored) {
    return { view: { ...toView(running), keepsKeys }, serviceId: running.id, keys: kept ?? newLocalKeys() };
  }
  const { id, region, accessKeyId, secretAccessKey } = stored;
  const view = { ...toView(running, id), region, keepsKeys };
  return { view, serviceId: running.id, keys: kept ?? { accessKeyId, secretAccessKey } };
}
