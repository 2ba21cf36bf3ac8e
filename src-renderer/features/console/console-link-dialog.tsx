import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatClock } from '../shared/format.ts';
import { TimeLeft } from '../shared/time-left.tsx';
import { type ConsoleLink, consoleStays } from './launch.ts';

/** The console's sign-in link, for where Rolegate could not open it itself. */
export function ConsoleLinkDialog({ link, onClose }: { link: ConsoleLink | undefined; onClose: () => void }) {
  // In browser mode this page is in a browser: perhaps not on the machine that Rolegate runs on.
  const isHere = useClient().platform === 'browser';
  return (
    <Dialog
      open={link !== undefined}
      onClose={onClose}
      title="Open this link in a browser"
      description="It signs in whoever opens it first, once. Give it to nobody."
      actions={
        isHere && link ? <OpenHere url={link.url} onOpened={onClose} /> : <Button onClick={onClose}>Done</Button>
      }
    >
      {link && (
        <div className="flex flex-col gap-2.5">
          <div className="flex items-start gap-2 rounded-lg bg-sunken p-3">
            <code className="line-clamp-5 min-w-0 flex-1 select-text break-all font-mono text-sm leading-5">
              {link.url}
            </code>
            <CopyButton text={link.url} label="Copy the link" caption="Copy" />
          </div>
          <p className="text-muted text-sm">
            It works until {formatClock(link.expiresAt)} (<TimeLeft until={link.expiresAt} />
            ). {consoleStays(link.signedInUntil)}
          </p>
        </div>
      )}
    </Dialog>
  );
}

function OpenHere({ url, onOpened }: { url: string; onOpened: () => void }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      onClick={onOpened}
      className="inline-flex h-8 items-center rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover"
    >
      Open it in a new tab
    </a>
  );
}
