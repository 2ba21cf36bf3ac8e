import type { AppService } from '../../src-service/app-service.ts';
import type { ServiceClient } from './service-client.ts';

/** The bundled app-service as a service client: no socket, no copy, the same interface. */
export function inProcessServiceClient(service: AppService): ServiceClient {
  return { ...service, info: async () => service.info() };
}
