import type { GatewayMode } from '../../../src-shared/contracts/gateway.ts';
import { useAppState, useRead } from '../../bridge/react.tsx';
import { useSession } from '../workspace/session-context.tsx';

/** What a tool needs to use this session through the gateway. It changes with the port that is listened on. */
export function useToolSettings(mode: GatewayMode) {
  const { where, isOver } = useSession();
  const port = useAppState((state) => state.gateway[mode].port);
  return useRead('gateway.settings', { ...where, mode }, { dependsOn: port, enabled: !isOver });
}
