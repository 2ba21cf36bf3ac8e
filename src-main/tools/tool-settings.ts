import type { GatewayMode, ToolSettings } from '../../src-shared/contracts/gateway.ts';
import type { LocalKeys } from '../../src-shared/local-keys.ts';

export interface ToolTarget {
  mode: GatewayMode;
  port: number;
  region: string;
  keys: LocalKeys;
  /** Path of the certificate bundle that tools are to trust. */
  caFile: string;
  /** Whether the endpoint takes plain http for these keys. */
  plainHttp: boolean;
}

/** Addresses that a tool must reach by itself: this machine, and the metadata service of a cloud host. */
const notProxied = '127.0.0.1,localhost,169.254.169.254';

/** Left over from other work, each of these would lead a tool past the gateway or spoil its signature. */
const inTheWay = ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'];

/** Everything that a tool needs to be pointed at the gateway, as environment variables and one by one. Pure. */
export function toolSettings({ mode, port, region, keys, caFile, plainHttp }: ToolTarget): ToolSettings {
  const url = mode === 'proxy' ? `http://127.0.0.1:${port}` : `https://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
  };
  const unset = [...inTheWay];
  if (mode === 'proxy') {
    // Some tools read one spelling, some the other; of two that differ, the lower-case one wins.
    Object.assign(env, { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: notProxied, no_proxy: notProxied });
    unset.push('AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB');
  } else {
    // A prefix before this machine's address would lead nowhere; the gateway knows where one belongs.
    Object.assign(env, { AWS_ENDPOINT_URL: url, AWS_DISABLE_HOST_PREFIX_INJECTION: 'true' });
    unset.push('AWS_ENDPOINT_URL_DYNAMODB', 'HTTPS_PROXY', 'https_proxy');
  }
  const plainUrl = mode === 'endpoint' && plainHttp ? { plainUrl: `http://127.0.0.1:${port}` } : {};
  return { mode, url, region, ...keys, caFile, ...plainUrl, env, unset };
}
