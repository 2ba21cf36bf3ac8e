import { useAppState } from '../../bridge/react.tsx';
import { Mark } from '../../ui/mark.tsx';

/** What this program is. */
export function About() {
  const version = useAppState((state) => state.version);
  return (
    <div className="flex items-start gap-4">
      <Mark size={48} />
      <div className="flex flex-col gap-2">
        <div>
          <p className="font-semibold text-lg">Rolegate</p>
          <p className="select-text text-muted tabular">Version {version}</p>
        </div>
        <p className="max-w-md text-muted">
          AWS access through IAM roles, without AWS keys: browse DynamoDB, open the console, point any tool at a local
          gateway.
        </p>
        <p className="text-faint text-sm">Apache License 2.0. Made by the Rolegate authors.</p>
      </div>
    </div>
  );
}
