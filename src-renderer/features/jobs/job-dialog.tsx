import type { ReactNode } from 'react';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { closeJobDialog } from './open-dialog.ts';

export interface JobDialogFrameProps {
  title: string;
  description: ReactNode;
  /** What the button does: "Export". */
  action: string;
  isDangerous?: boolean;
  canStart: boolean;
  isBusy: boolean;
  error: RolegateError | undefined;
  onStart: () => void;
  children?: ReactNode;
  width?: 'md' | 'lg';
  /** Beside the button that starts it. */
  more?: ReactNode;
}

/** The frame of every dialog that begins a job: nothing is read or written before its button is pressed. */
export function JobDialogFrame(props: JobDialogFrameProps) {
  const {
    title,
    description,
    action,
    isDangerous = false,
    canStart,
    isBusy,
    error,
    onStart,
    children,
    width,
    more,
  } = props;
  return (
    <Dialog
      open
      onClose={closeJobDialog}
      width={width ?? 'md'}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={closeJobDialog}>Cancel</Button>
          {more}
          <Button variant={isDangerous ? 'danger' : 'primary'} disabled={!canStart} busy={isBusy} onClick={onStart}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {error && <ErrorView inline error={error} />}
    </Dialog>
  );
}
