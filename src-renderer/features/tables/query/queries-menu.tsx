import { History, Share2, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type Criteria, withoutValues } from '../../../../src-shared/reading/criteria.ts';
import { clearHistory, forgetQuery, type SavedQuery, saveQuery, useQueries } from '../../../state/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { formatMoment } from '../../shared/format.ts';
import { copy } from '../copy-menu-items.tsx';
import { criteriaWords } from './criteria-words.ts';
import { SharedQueries } from './shared-queries.tsx';

export interface QueriesMenuProps {
  tableKey: string;
  criteria: Criteria;
  /** Fills a query in. It is not run: that is for the person to say. */
  onLoad: (criteria: Criteria) => void;
}

/** Saved queries of a table, and what was run lately. */
export function QueriesMenu({ tableKey, criteria, onLoad }: QueriesMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [sharesValues, setSharesValues] = useState(false);
  const { saved, history } = useQueries(tableKey);
  const load = (query: Criteria) => {
    onLoad(query);
    setOpen(false);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    saveQuery(tableKey, { name: name.trim(), criteria });
    setName('');
  };
  const share = (query: SavedQuery) => {
    const shared = sharesValues ? query : { ...query, criteria: withoutValues(query.criteria) };
    void copy(JSON.stringify(shared, null, 2), `the query ${query.name}${sharesValues ? '' : ', without its values'}`);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Queries"
      align="end"
      className="w-100"
      trigger={
        <Button
          size="sm"
          variant="ghost"
          icon={History}
          title="Saved queries, and those run lately"
          className="px-1.5!"
        >
          <span className="sr-only">Queries</span>
        </Button>
      }
    >
      <form onSubmit={save} className="flex gap-1.5 border-line border-b p-2.5">
        <TextInput
          size="sm"
          aria-label="Name of the query"
          placeholder="Save what is filled in as …"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button size="sm" type="submit" disabled={name.trim() === ''}>
          Save
        </Button>
      </form>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-2.5">
        <section aria-label="Saved queries">
          <h2 className="px-1 pb-1 text-faint text-xs">Saved</h2>
          {saved.length === 0 && <p className="px-1 text-muted text-sm">None yet.</p>}
          {saved.map((query) => (
            <div key={query.name} className="flex items-center gap-1 rounded-md pr-1 hover:bg-hover">
              <LoadButton
                title={query.name}
                words={criteriaWords(query.criteria)}
                onClick={() => load(query.criteria)}
              />
              <IconButton
                size="sm"
                icon={Share2}
                label={`Copy ${query.name} to share it`}
                onClick={() => share(query)}
              />
              <IconButton
                size="sm"
                icon={Trash2}
                label={`Forget ${query.name}`}
                onClick={() => forgetQuery(tableKey, query.name)}
              />
            </div>
          ))}
        </section>
        <section aria-label="Run lately">
          <div className="flex items-center justify-between">
            <h2 className="px-1 pb-1 text-faint text-xs">Run lately, without values</h2>
            {history.length > 0 && (
              <Button size="sm" variant="ghost" onClick={() => clearHistory(tableKey)}>
                Clear
              </Button>
            )}
          </div>
          {history.length === 0 && <p className="px-1 text-muted text-sm">Nothing yet.</p>}
          {history.map(({ at, operation, criteria: run }) => (
            <div key={at} className="flex rounded-md hover:bg-hover">
              <LoadButton
                title={criteriaWords(run)}
                words={`${operation}, ${formatMoment(at)}`}
                onClick={() => load(run)}
              />
            </div>
          ))}
        </section>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t p-2.5 text-sm">
        <Checkbox checked={sharesValues} onChange={setSharesValues}>
          Share with values
        </Checkbox>
        <SharedQueries
          saved={saved}
          hasValues={sharesValues}
          onTake={(queries) => {
            for (const query of queries) saveQuery(tableKey, query);
          }}
        />
      </div>
    </Popover>
  );
}

function LoadButton({ title, words, onClick }: { title: string; words: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="ring-inside min-w-0 flex-1 rounded-md px-1 py-1 text-left">
      <span className="block truncate font-medium">{title}</span>
      <span className="block truncate text-faint text-sm">{words}</span>
    </button>
  );
}
