import { CircleCheck } from 'lucide-react';
import { parseRoleArn } from '../../../../src-shared/aws/arn.ts';
import type { RoleCheck } from '../../../../src-shared/contracts/settings.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

/** What came of trying each role: who one would be, or what to mend. */
export function CheckResults({ results }: { results: readonly RoleCheck[] }) {
  return (
    <section aria-label="Results" aria-live="polite" className="flex flex-col gap-3">
      {results.map((result) => (
        <article key={result.roleArn} className="flex flex-col gap-2.5 rounded-lg p-3 ring-1 ring-line ring-inset">
          <h2 className="flex items-center gap-2 font-medium">
            {result.ok && <CircleCheck size={15} aria-hidden="true" className="text-good" />}
            {parseRoleArn(result.roleArn)?.name ?? result.roleArn}
          </h2>
          {result.ok && (
            <p className="text-muted text-sm">
              Works. You would be{' '}
              <span className="select-text font-mono text-text [overflow-wrap:anywhere]">{result.assumedRoleArn}</span>
            </p>
          )}
          {result.error && <ErrorView inline error={RolegateError.fromData(result.error)} />}
          {result.policy !== undefined && <Policy text={result.policy} />}
        </article>
      ))}
    </section>
  );
}

function Policy({ text }: { text: string }) {
  return (
    <div className="overflow-hidden rounded-md ring-1 ring-line">
      <div className="flex items-center justify-between border-line border-b bg-canvas py-1 pr-2 pl-3">
        <p className="text-muted text-sm">Add this to the role’s trust policy</p>
        <CopyButton text={text} label="Copy the policy" caption="Copy" />
      </div>
      <CodeBlock>{text}</CodeBlock>
    </div>
  );
}
