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
        {/* In a narrower window the role's name needs the place. */}
        <span className="hidden @5xl/header:inline @[90rem]/header:hidden">Console</span>
        <span className="hidden @[90rem]/header:inline">Launch console</span>
      </Button>
      <ConsoleLinkDialog link={link} onClose={dismissLink} />
    </>
  );
}
