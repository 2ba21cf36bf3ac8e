import { Download, Upload } from 'lucide-react';
import { useRef } from 'react';
import { parseQueries, queriesFile, type SavedQuery } from '../../../state/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { TextInput } from '../../../ui/text-input.tsx';
import { toast } from '../../../ui/toast.ts';
import { plural } from '../../shared/format.ts';

export interface SharedQueriesProps {
  saved: readonly SavedQuery[];
  hasValues: boolean;
  onTake: (queries: readonly SavedQuery[]) => void;
}

const mostBytes = 4_000_000;

/** The saved queries to a file, and from one, or from what somebody has copied. */
export function SharedQueries({ saved, hasValues, onTake }: SharedQueriesProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const take = (text: string) => {
    const queries = parseQueries(text);
    if (typeof queries === 'string') {
      toast({ title: queries, tone: 'bad' });
      return;
    }
    onTake(queries);
    toast({
      title: `Saved ${queries.length === 1 ? `the query ${queries[0]?.name}` : plural(queries.length, 'query', 'queries')}`,
    });
  };
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostBytes) toast({ title: 'This file is too large to be one of queries.', tone: 'bad' });
    else take(await file.text());
  };
  return (
    <div className="flex w-full items-center gap-1.5">
      <TextInput
        size="sm"
        aria-label="Paste a shared query"
        placeholder="Paste a shared query here"
        value=""
        onChange={() => undefined}
        // The page may not read the clipboard by itself, so one pastes.
        onPaste={(event) => {
          event.preventDefault();
          take(event.clipboardData.getData('text/plain'));
        }}
      />
      <Button size="sm" icon={Upload} onClick={() => chooser.current?.click()}>
        Import
      </Button>
      <input
        ref={chooser}
        type="file"
        accept="application/json,.json"
        aria-label="File of queries"
        hidden
        onChange={(event) => {
          void takeFile(event.target.files?.[0]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <Button
        size="sm"
        icon={Download}
        disabled={saved.length === 0}
        onClick={() => saveFile('queries.json', queriesFile(saved, hasValues))}
      >
        Export
      </Button>
    </div>
  );
}
