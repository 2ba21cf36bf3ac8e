import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { port } from '../../src-shared/contracts/common.ts';
import { productionRule } from '../../src-shared/contracts/production.ts';
import { ownCredentials } from '../../src-shared/contracts/settings.ts';
import { theme, way } from '../../src-shared/contracts/state.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import { isTunnelRule } from '../gateway/tunnel-rules.ts';

/** An app-service elsewhere, and by what its certificate is trusted. */
const server = z.object({
  url: z.string(),
  /** PEM of a certificate authority that was given by hand. */
  caPem: z.string().optional(),
  /** SHA-256 of a certificate that was pinned. */
  fingerprint: z.string().optional(),
});
export type ServerSettings = z.infer<typeof server>;

const limit = z.number().int().min(1);
/** Milliseconds, as many as a timer takes. */
const time = limit.max(2 ** 31 - 1);
const settings = z.object({
  way: way.default('sandbox'),
  theme: theme.default('system'),
  ports: z.object({ proxy: port.default(23456), endpoint: port.default(23457) }).prefault({}),
  /** What the gateway holds its clients to; sizes in bytes, times in milliseconds. */
  gatewayLimits: z
    .object({
      headerBytes: limit,
      headersTimeout: time,
      handshakeTimeout: time,
      idleTimeout: time,
      bodyTimeout: time,
      totalTimeout: time,
      connections: limit,
      heldBytes: limit,
      spilledBytes: limit,
    })
    .partial()
    .optional(),
  /** What connections to AWS are held to, from the gateway and from the bundled app-service. */
  upstreamLimits: z
    .object({ sockets: limit, connectTimeout: time, headersTimeout: time, bodyTimeout: time })
    .partial()
    .optional(),
  /** The proxy of this machine's network, in place of the environment's; an empty address means none. */
  upstreamProxy: z.object({ url: z.string().max(2048), except: z.string().max(8192).optional() }).optional(),
  /** Private addresses, networks and names that tunnels through the gateway may lead to. */
  tunnelsTo: z
    .array(z.string().refine(isTunnelRule, 'it must be an address, a network or a name.'))
    .max(1000)
    .optional(),
  /** How the bundled app-service keeps its audit log. */
  audit: z
    .object({
      /** Days; for ever unless given. */
      retentionDays: z.number().int().min(1).max(36_500),
      /** What happens to requests while the log cannot be written. */
      whenFailing: z.enum(['stop', 'continue']),
      outputs: z.array(z.enum(['file', 'stdout'])),
    })
    .partial()
    .optional(),
  production: z.array(productionRule).max(100).optional(),
  server: server.optional(),
  own: ownCredentials.optional(),
});
/** What Rolegate remembers that is no secret. */
export type Settings = z.infer<typeof settings>;

/** What the bundled app-service has from the settings. */
export type BundledSettings = Pick<Settings, 'audit' | 'upstreamLimits'>;

export interface SettingsStore {
  /** What could not be understood, in sentences. It counts as not said, and stays in the file. */
  problems: readonly string[];
  get(): Settings;
  /** Changes some settings and writes them down. */
  update(changes: Partial<Settings>): Promise<void>;
}

/**
 * Reads the settings file. One that is missing or no JSON counts as empty: a first start. A setting that cannot be
 * understood counts as not said; the others hold.
 *
 * @param file path of the file; written whole, with mode 0600
 */
export async function openSettings(file: string): Promise<SettingsStore> {
  const { understood: read, misread, problems } = understand(await readJson(file));
  let current = read;
  let writing: Promise<void> = Promise.resolve();
  return {
    problems,
    get: () => current,
    update(changes) {
      current = { ...current, ...changes };
      const text = `${JSON.stringify({ ...misread, ...current }, null, 2)}\n`;
      writing = writing.then(() => writePrivateFile(file, text));
      const written = writing;
      writing = written.catch(() => undefined);
      return written;
    },
  };
}

function understand(raw: unknown): { understood: Settings; misread: Record<string, unknown>; problems: string[] } {
  const parsed = settings.safeParse(raw);
  if (parsed.success) return { understood: parsed.data, misread: {}, problems: [] };
  const { issues } = parsed.error;
  const problems = issues.map(({ path, message }) => `settings.json, ${path.join('.') || 'as a whole'}: ${message}`);
  const wrong = new Set(issues.map(({ path }) => String(path[0])));
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const entries = isObject ? Object.entries(raw) : [];
  const understood = settings.catch(() => settings.parse({}));
  return {
    understood: understood.parse(Object.fromEntries(entries.filter(([name]) => !wrong.has(name)))),
    misread: Object.fromEntries(entries.filter(([name]) => wrong.has(name))),
    problems,
  };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return {};
  }
}
