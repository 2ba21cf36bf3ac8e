import { join } from 'node:path';
import type { OwnCredentials } from '../../../src-shared/contracts/settings.ts';
import type { Outbound } from '../../../src-shared/outbound/outbound.ts';
import type { BundledSettings } from '../../home/settings.ts';
import type { OpenWay } from '../../program/open-way.ts';
import { inProcessServiceClient } from '../../service-client/in-process.ts';
import { createOwnService } from '../../service-client/in-process-own.ts';

/** The bundled app-service with this machine's AWS credentials, for the user of the operating system. */
export async function openOwnWay(
  own: OwnCredentials,
  options: BundledSettings & { folder: string; version: string; outbound: Outbound },
): Promise<OpenWay> {
  const { folder, outbound, ...bundled } = options;
  const stateDir = join(folder, 'service');
  const { service, user } = await createOwnService(own, { ...bundled, stateDir, outbound });
  const signin = own.endpoints['signin'] ?? own.endpoints['*'];
  return {
    way: 'own',
    id: 'own',
    folder,
    client: inProcessServiceClient(service),
    cluster: 'this computer',
    profile: own.profile,
    sandboxUsers: [],
    ...(signin !== undefined && { consoleOrigin: new URL(signin).origin }),
    loginWithoutPassword: () => service.loginAs(user),
    close: () => service.close(),
  };
}
