import { ExternalLink } from 'lucide-react';
import { useClient } from '../../bridge/react.tsx';
import { MenuItem } from '../../ui/menu.tsx';
import { useSession } from '../workspace/session-context.tsx';
import type { ConsoleItem } from './console-item.ts';
import { launchConsole } from './launch.ts';

/** An item in the AWS console, or why its address cannot name it. */
export function ConsoleMenuItem({ item }: { item: ConsoleItem }) {
  const client = useClient();
  const { session } = useSession();
  return (
    <MenuItem
      icon={ExternalLink}
      unavailable={'reason' in item ? item.reason : undefined}
      onSelect={() => 'target' in item && void launchConsole(client, session, item.target)}
    >
      Open the item in the AWS console
    </MenuItem>
  );
}
