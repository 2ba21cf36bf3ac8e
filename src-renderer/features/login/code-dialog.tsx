import { useStore } from 'zustand';
import { codeQuestion } from '../../state/code-question.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CodeForm } from './code-form.tsx';

/** Asks for a code where a role wants one at the start of each session. */
export function CodeDialog() {
  const question = useStore(codeQuestion, (state) => state.question);
  const cancel = () => question?.answer(undefined);
  return (
    <Dialog
      open={question !== undefined}
      onClose={cancel}
      title="A code is needed"
      description="This IAM role wants a code of your authenticator app at the start of each session."
      width="sm"
    >
      {question && (
        <CodeForm
          onSubmit={question.answer}
          onBack={cancel}
          backLabel="Cancel"
          submitLabel="Start the session"
          busy={false}
          error={question.error}
        />
      )}
    </Dialog>
  );
}
