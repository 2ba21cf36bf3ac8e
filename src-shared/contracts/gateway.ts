import { z } from 'zod';
import { defineCalls, done, id, port, regionName } from './common.ts';

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

const forTool = { appSessionId: id, mode: gatewayMode, region: regionName.optional() };

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
  'gateway.settings': { input: z.strictObject({ ...forTool, port: port.optional() }), output: toolSettings },
  'gateway.snippets': { input: z.strictObject({ ...forTool, shell }), output: z.array(snippet) },
});
