import { useAct, useAppState } from '../../bridge/react.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { toastError } from '../shared/error-toast.ts';
import { themeOptions } from '../shared/theme-options.ts';

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
        options={themeOptions}
      />
    </div>
  );
}
