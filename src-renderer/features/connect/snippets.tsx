import type { GatewayMode, Snippet } from '../../../src-shared/contracts/gateway.ts';
import { useRead } from '../../bridge/react.tsx';
import { usePreference } from '../../state/preferences.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { SecretText } from './secret-text.tsx';
import { useToolSettings, useToolVersion } from './use-tool-settings.ts';

const shells = [
  { value: 'unix', label: 'bash, zsh' },
  { value: 'powershell', label: 'PowerShell' },
  { value: 'command-prompt', label: 'Command Prompt' },
] as const;

/** The settings as text to paste into a terminal or a program, for this shell. */
export function Snippets({ mode, isRevealed }: { mode: GatewayMode; isRevealed: boolean }) {
  const { where, isOver } = useSession();
  const dependsOn = useToolVersion(mode);
  const secret = useToolSettings(mode).data?.secretAccessKey;
  const [shell, setShell] = usePreference('shell');
  const snippets = useRead('gateway.snippets', { ...where, mode, shell }, { dependsOn, enabled: !isOver });
  // What there was to paste ended with the session's keys.
  if (isOver) return null;
  return (
    <section aria-labelledby="snippets-heading" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="snippets-heading" className="font-semibold">
          Ready to paste
        </h2>
        <Segmented label="Shell" value={shell} onChange={setShell} options={shells} />
      </div>
      {snippets.data ? (
        snippets.data.map((snippet) => (
          <SnippetCard key={snippet.id} snippet={snippet} secret={secret} isRevealed={isRevealed} />
        ))
      ) : snippets.error ? (
        <ErrorView inline error={snippets.error} onRetry={() => void snippets.refetch()} busy={snippets.isFetching} />
      ) : (
        <>
          <Skeleton className="h-36 rounded-lg" />
          <Skeleton className="h-24 rounded-lg" />
        </>
      )}
    </section>
  );
}

interface SnippetCardProps {
  snippet: Snippet;
  secret: string | undefined;
  isRevealed: boolean;
}

function SnippetCard({ snippet, secret, isRevealed }: SnippetCardProps) {
  // A tool that cannot be used in this mode has a sentence that says so, and nothing to paste.
  const hasText = snippet.text !== '';
  return (
    <article aria-label={snippet.title} className="overflow-hidden rounded-lg ring-1 ring-line">
      <header className="flex min-h-9 items-center justify-between gap-4 bg-canvas py-1.5 pr-2 pl-3.5">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <h3 className="font-medium">{snippet.title}</h3>
          <p className="text-muted text-sm">{snippet.about}</p>
        </div>
        {hasText && <CopyButton text={snippet.text} label={`Copy ${snippet.title}`} caption="Copy" />}
      </header>
      {hasText && (
        <div className="border-line border-t">
          <CodeBlock>
            <SecretText text={snippet.text} secret={secret} isRevealed={isRevealed} />
          </CodeBlock>
        </div>
      )}
    </article>
  );
}
