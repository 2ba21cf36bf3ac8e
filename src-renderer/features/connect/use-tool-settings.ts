import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

/** Stands for all that tools are told beside the session itself: when it changes, they have to be told anew. */
export function useToolVersion(mode: GatewayMode): string {
  const { session } = useSession();
  const port = useAppState((state) => state.gateway[mode].port);
  const caExpiresAt = useAppState((state) => state.gateway.caExpiresAt);
  return [port, caExpiresAt, session.accessKeyId, session.plainHttp].join();
}

/** What a tool needs to use this session through the gateway. */
export function useToolSettings(mode: GatewayMode) {
  const { where, isOver } = useSession();
  const dependsOn = useToolVersion(mode);
  return useRead('gateway.settings', { ...where, mode }, { dependsOn, enabled: !isOver });
}
