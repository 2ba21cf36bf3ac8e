import { z } from 'zod';
import { defineCalls, done, id, nothing, port, regionName } from './common.ts';

export const gatewayMode = z.enum(['proxy', 'endpoint']);
export type GatewayMode = z.infer<typeof gatewayMode>;

export const shell = z.enum(['unix', 'powershell', 'command-prompt']);
export type Shell = z.infer<typeof shell>;

/** What a tool needs to be pointed at the gateway. The key pair is worth nothing anywhere else. */
export const toolSettings = z.strictObject({
  mode: gatewayMode,
  url: z.string(),
  region: regionName,
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  caFile: z.string(),
  /** The endpoint's address without TLS, where the user has allowed it. */
  plainUrl: z.string().optional(),
  /** Variables to set. */
  env: z.record(z.string(), z.string()),
  /** Variables that would get in the way. */
  unset: z.array(z.string()),
});
export type ToolSettings = z.infer<typeof toolSettings>;

export const snippet = z.strictObject({
  /** `environment`, `aws-cli`, `boto3`, `dynamodb-admin` */
  id: z.string(),
  title: z.string(),
  language: z.enum(['shell', 'python']),
  /** One sentence beside it. */
  about: z.string(),
  text: z.string(),
});
export type Snippet = z.infer<typeof snippet>;

/** A service of AWS that the endpoint cannot reach, or not with every operation. */
export const proxyOnlyService = z.strictObject({ service: z.string(), someOperations: z.boolean(), why: z.string() });

const forTool = { appSessionId: id, mode: gatewayMode, region: regionName.optional() };

/** A user's own key pair in place of a made one: SigV4 needs the id without `/`, and the secret 128 bits at least. */
export const ownLocalKeys = z.strictObject({
  accessKeyId: z.string().regex(/^[A-Za-z0-9_-]{16,128}$/, 'An access key ID has 16 to 128 letters, digits, - and _.'),
  secretAccessKey: z
    .string()
    .max(128)
    .regex(/^[!-~]{32,}$/, 'A secret access key has 32 characters or more, and no spaces.')
    .refine((secret) => new Set(secret).size >= 10, 'This secret access key is too easy to guess.'),
});

/** The local listener that tools talk to. */
export const gatewayCalls = defineCalls({
  /** Tries (again) to listen on a port and remembers it. */
  'gateway.listen': { input: z.strictObject({ mode: gatewayMode, port }), output: done },
  'gateway.stop': { input: z.strictObject({ mode: gatewayMode }), output: done },
  /**
   * Makes sure that a port is served for as long as the caller stays: the remembered one when none is named, any
   * free one for 0.
   */
  'gateway.open': {
    input: z.strictObject({ mode: gatewayMode, port: z.number().int().min(0).max(65535).optional() }),
    output: z.strictObject({ port }),
  },
  /** Keeps an app session's local keys for whenever its role is used again, or no longer does. */
  'gateway.keepKeys': {
    input: z.strictObject({ appSessionId: id, keep: z.boolean(), keys: ownLocalKeys.optional() }),
    output: done,
  },
  /** Allows plain http on the endpoint for an app session, until it ends or Rolegate is started again. */
  'gateway.allowPlainHttp': { input: z.strictObject({ appSessionId: id, allow: z.boolean() }), output: done },
  /** Makes a new local certificate authority; tools have to read the bundle again. */
  'gateway.renewCa': { input: nothing, output: done },
  /** What works through the HTTPS proxy only. */
  'gateway.proxyOnly': { input: nothing, output: z.array(proxyOnlyService) },
  'gateway.settings': { input: z.strictObject({ ...forTool, port: port.optional() }), output: toolSettings },
  'gateway.snippets': { input: z.strictObject({ ...forTool, shell }), output: z.array(snippet) },
});
