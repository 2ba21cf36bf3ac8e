import { join } from 'node:path';
import { RolegateError } from '../../../src-shared/errors.ts';
import { type FolderLock, lockFolder } from '../../home/lock.ts';
import type { BundledSettings } from '../../home/settings.ts';
import type { OpenWay } from '../../program/open-way.ts';
import { inProcessServiceClient } from '../../service-client/in-process.ts';
import { createSandboxService } from '../../service-client/in-process-sandbox.ts';

export interface SandboxWayOptions extends BundledSettings {
  folder: string;
  /** The prepared tables that a new sandbox begins with. */
  preparedDir: string;
  version: string;
  onError: (error: unknown) => void;
}

/** An emulated AWS and the bundled app-service on top of it: no account, no configuration, no network. */
export async function openSandboxWay(options: SandboxWayOptions): Promise<OpenWay> {
  const { folder, preparedDir, onError, ...bundled } = options;
  const lock = await lockSandbox(folder);
  // The sandbox is no part of the product's other ways, so it is loaded only here.
  const { startSandbox } = await import('../../../src-sandbox/sandbox.ts');
  const sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir, onError });
  const service = await createSandboxService(sandbox, { ...bundled, stateDir: join(folder, 'service') });
  return {
    way: 'sandbox',
    id: 'sandbox',
    folder,
    client: inProcessServiceClient(service),
    cluster: 'sandbox',
    sandboxUsers: sandbox.users,
    consoleOrigin: sandbox.consoleOrigin,
    // Nothing leaves the sandbox, not even what it does not understand.
    originOf: () => sandbox.endpoints.sts,
    resetSandbox: () => sandbox.reset(),
    async close() {
      await service.close();
      await sandbox.close();
      lock.release();
    },
  };
}

/** Takes the sandbox's folder for this process: two engines on the same data would spoil it. */
export async function lockSandbox(folder: string): Promise<FolderLock> {
  const lock = await lockFolder(folder);
  if (lock) return lock;
  throw new RolegateError('conflict', 'The sandbox of this home is in use by another Rolegate.', {
    hint: 'End "rolegate sandbox start" in its terminal, or set ROLEGATE_HOME to another folder.',
    retryable: true,
  });
}
