import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatClock } from '../shared/format.ts';
import { TimeLeft } from '../shared/time-left.tsx';
import type { ConsoleLink } from './launch.ts';

/** The console's sign-in link, for where Rolegate found no browser to open it in. */
export function ConsoleLinkDialog({ link, onClose }: { link: ConsoleLink | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={link !== undefined}
      onClose={onClose}
      title="Open this link in a browser"
      description="Rolegate found no browser on this machine. The link signs in whoever opens it first, once. Give it to nobody."
      actions={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
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
            ).
          </p>
        </div>
      )}
    </Dialog>
  );
}
