import { useAppState } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatMoment } from '../../shared/format.ts';

export interface InvitationViewProps {
  user: string;
  invitation: { token: string; expiresAt: number };
  onClose: () => void;
}

/** An invitation to hand over. It is shown once: nobody can look it up again. */
export function InvitationView({ user, invitation, onClose }: InvitationViewProps) {
  const serviceUrl = useAppState((state) => state.serviceUrl);
  const service = serviceUrl === undefined ? '' : ` --service ${serviceUrl}`;
  const command = `rolegate login${service} --invitation ${invitation.token}`;
  return (
    <Dialog
      open
      onClose={onClose}
      dismissible={false}
      width="lg"
      title={`Invitation for ${user}`}
      description={`Give this to ${user}, and to nobody else: whoever has it chooses the password. It works once, until ${formatMoment(invitation.expiresAt)}, and is not shown again.`}
      actions={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="relative rounded-lg bg-sunken ring-1 ring-line ring-inset">
        <CodeBlock>{command}</CodeBlock>
        <CopyButton text={command} label="Copy the invitation" className="absolute top-2 right-2" />
      </div>
    </Dialog>
  );
}
