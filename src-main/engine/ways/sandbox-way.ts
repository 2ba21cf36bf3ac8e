import { join } from 'node:path';
import type { OpenWay } from '../../program/open-way.ts';
import { inProcessServiceClient } from '../../service-client/in-process.ts';
import { createSandboxService } from '../../service-client/in-process-sandbox.ts';

export interface SandboxWayOptions {
  folder: string;
  /** The prepared tables that a new sandbox begins with. */
  preparedDir: string;
  version: string;
  onError: (error: unknown) => void;
}

/** An emulated AWS and the bundled app-service on top of it: no account, no configuration, no network. */
export async function openSandboxWay({ folder, preparedDir, version, onError }: SandboxWayOptions): Promise<OpenWay> {
  // The sandbox is no part of the product's other ways, so it is loaded only here.
  const { startSandbox } = await import('../../../src-sandbox/sandbox.ts');
  const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir, onError });
  const service = await createSandboxService(sandbox, { stateDir: join(folder, 'service'), version });
  return {
    way: 'sandbox',
    id: 'sandbox',
    folder,
    client: inProcessServiceClient(service),
    cluster: 'sandbox',
    sandboxUsers: sandbox.users,
    consoleOrigin: sandbox.consoleOrigin,
    resetSandbox: () => sandbox.reset(),
    async close() {
      await service.close();
      await sandbox.close();
    },
  };
}
