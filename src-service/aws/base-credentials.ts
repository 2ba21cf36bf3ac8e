import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { endpointHost } from '../../src-shared/aws/endpoints.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import { sdkHandler } from '../../src-shared/outbound/sdk-handler.ts';

export interface BaseCredentialsOptions {
  /** A profile of this machine's AWS configuration; without, whatever the SDK finds: environment, profile, host role. */
  profile?: string | undefined;
  region: string;
  outbound: Outbound;
}

/** The credentials with which roles are assumed, however this machine gets them: keys, Identity Center, a role, a program. */
export function baseCredentials({ profile, region, outbound }: BaseCredentialsOptions): AwsCredentialIdentityProvider {
  let made: { proxy: string | undefined; provider: AwsCredentialIdentityProvider } | undefined;
  return async () => {
    // Which host credentials come from is not known beforehand; all of them are AWS's.
    const sts = endpointHost('sts', region);
    const host = sts.ok ? sts.host : 'sts.amazonaws.com';
    // The way out may be another one by now.
    const proxy = outbound.proxyFor(host, 443)?.href;
    if (!made || made.proxy !== proxy) {
      // Loaded when they are first needed: the providers are large.
      const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
      const requestHandler = await sdkHandler(outbound, host);
      const clientConfig = { region, ...(requestHandler && { requestHandler }) };
      made = { proxy, provider: fromNodeProviderChain({ ...(profile !== undefined && { profile }), clientConfig }) };
    }
    return made.provider();
  };
}
