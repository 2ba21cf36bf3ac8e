import { ExternalLink } from 'lucide-react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConsoleLinkDialog } from './console-link-dialog.tsx';
import { dismissLink, launchConsole, useLaunching } from './launch.ts';

/** Opens the AWS console in the browser, signed in as the session's role. */
export function LaunchConsole({ session }: { session: AppSession }) {
  const client = useClient();
  const { isLaunching, link } = useLaunching();
  return (
    <>
      <Button
        variant="primary"
        size="sm"
        icon={ExternalLink}
        busy={isLaunching}
        onClick={() => void launchConsole(client, session)}
        aria-label="Launch console"
        title="Open the AWS console in the browser, signed in as this role"
        className="mx-1"
      >
        <span className="hidden @5xl/header:inline">Launch console</span>
      </Button>
      <ConsoleLinkDialog link={link} onClose={dismissLink} />
    </>
  );
}
