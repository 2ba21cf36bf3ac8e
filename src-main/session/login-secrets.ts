import { z } from 'zod';
import type { SecretStore } from './secret-store.ts';

const storedLogin = z.object({ token: z.string(), appSessions: z.array(z.string()) });
const storedAppSession = z.object({
  id: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});

/** What is remembered of a login: its token, and which app sessions have keys here. */
export type StoredLogin = z.infer<typeof storedLogin>;
/** What this side remembers of an app session: our own id of it, the chosen region and the local keys. */
export type StoredAppSession = z.infer<typeof storedAppSession>;

/** A login and its app sessions in the secret store: an entry each, because keychains bound an entry's size. */
export interface LoginSecrets {
  readLogin(): Promise<StoredLogin | undefined>;
  writeLogin(login: StoredLogin): Promise<void>;
  readAppSession(serviceId: string): Promise<StoredAppSession | undefined>;
  writeAppSession(serviceId: string, session: StoredAppSession): Promise<void>;
  deleteAppSession(serviceId: string): Promise<void>;
  /** Forgets the login and all its app sessions. */
  clear(): Promise<void>;
}

/** @param prefix tells one way to run, and one app-service, from another */
export function createLoginSecrets(secrets: SecretStore, prefix: string): LoginSecrets {
  const loginName = `${prefix}/login`;
  const sessionName = (serviceId: string) => `${prefix}/app-session/${serviceId}`;
  const read = async <Schema extends z.ZodType>(name: string, schema: Schema) =>
    schema.safeParse(parseJson((await secrets.get(name)) ?? '')).data;
  return {
    readLogin: () => read(loginName, storedLogin),
    writeLogin: (login) => secrets.set(loginName, JSON.stringify(login)),
    readAppSession: (serviceId) => read(sessionName(serviceId), storedAppSession),
    writeAppSession: (serviceId, session) => secrets.set(sessionName(serviceId), JSON.stringify(session)),
    deleteAppSession: (serviceId) => secrets.delete(sessionName(serviceId)),
    async clear() {
      const login = await read(loginName, storedLogin);
      for (const serviceId of login?.appSessions ?? []) await secrets.delete(sessionName(serviceId));
      await secrets.delete(loginName);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
