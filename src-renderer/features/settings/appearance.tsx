import { useAct, useAppState } from '../../bridge/react.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { toastError } from '../shared/error-toast.ts';

const themes = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Dark or light. */
export function Appearance() {
  const theme = useAppState((state) => state.theme);
  const setTheme = useAct('settings.setTheme');
  return (
    <div className="flex items-center justify-between gap-4">
      <p>Theme</p>
      <Segmented
        label="Theme"
        value={theme}
        onChange={(next) => setTheme.mutate({ theme: next }, { onError: toastError })}
        options={themes}
      />
    </div>
  );
}
