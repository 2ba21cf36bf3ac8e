import type { Reached } from '../../../../src-shared/contracts/network.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

/** What came of trying: which hosts are reached, and which way. */
export function ReachResults({ results }: { results: readonly Reached[] }) {
  return (
    <section ref={show} aria-label="Results" aria-live="polite" className="flex flex-col gap-3">
      {results.map(({ host, through, error }) =>
        error ? (
          <ErrorView key={host} inline error={RolegateError.fromData(error)} />
        ) : (
          <Notice key={host} tone="good">
            <span className="select-text font-mono text-sm">{host}</span> is reached{' '}
            {through === undefined ? 'directly.' : `through ${through}.`}
          </Notice>
        ),
      )}
    </section>
  );
}

/** They stand below the fold of a low window. */
function show(section: HTMLElement | null): void {
  section?.scrollIntoView({ block: 'nearest' });
}
