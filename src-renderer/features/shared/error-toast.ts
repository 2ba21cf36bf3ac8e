import { toErrorData } from '../../../src-shared/errors.ts';
import { toast } from '../../ui/toast.ts';

/** Says what went wrong with an action whose place on the screen has no room for it. */
export function toastError(error: unknown): void {
  const { message, hint } = toErrorData(error);
  toast({ title: message, description: hint, tone: 'bad' });
}
