import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { itemDiff } from '../../../../src-shared/staging/item-diff.ts';
import type { AttributeValue, Item } from '../../../../src-shared/values/attribute-value.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { preview } from '../../../../src-shared/values/preview.ts';

export interface ChangeDiffProps {
  change: StagedChange;
  keyNames: readonly string[];
  /** What is in the table now, where somebody was faster; null when it is gone. */
  theirs?: Item | null | undefined;
}

const none: Item = new Map();
const shownCharacters = 400;

/** What a change changes, attribute by attribute; beside it what somebody else has made of it meanwhile. */
export function ChangeDiff({ change, keyNames, theirs }: ChangeDiffProps) {
  const before = change.kind === 'insert' ? none : parseItem(change.base);
  const after = change.kind === 'delete' ? none : parseItem(change.item);
  const mine = itemDiff(before, after, keyNames);
  const others = theirs === undefined ? [] : itemDiff(before, theirs ?? none, keyNames);
  const names = [...new Set([...mine, ...others].map(({ name }) => name))];
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <thead>
        <tr className="text-faint [&>th]:px-2 [&>th]:py-1 [&>th]:font-medium">
          <th className="w-36">Attribute</th>
          <th>{theirs === undefined ? 'Before' : 'Base'}</th>
          <th>{theirs === undefined ? 'After' : 'Mine'}</th>
          {theirs !== undefined && <th>Theirs, now</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className="border-line border-t align-top [&>td]:px-2 [&>td]:py-1">
            <td className="truncate font-medium" title={name}>
              {name === '' ? '""' : name}
            </td>
            <Cell value={before.get(name)} look={change.kind === 'delete' ? 'text-bad line-through' : 'text-muted'} />
            <Cell value={after.get(name)} look={mine.some((one) => one.name === name) ? 'text-good' : 'text-muted'} />
            {theirs !== undefined && (
              <Cell
                value={theirs?.get(name)}
                look={others.some((one) => one.name === name) ? 'text-warn' : 'text-muted'}
              />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ value, look }: { value: AttributeValue | undefined; look: string }) {
  if (!value) return <td className="text-faint">–</td>;
  return (
    <td className={`[overflow-wrap:anywhere] ${look}`}>
      <span className="mr-1.5 font-mono text-2xs text-code-type">{value.type}</span>
      <span className="font-mono">
        {value.type === 'S' && value.text === '' ? '""' : preview(value, shownCharacters)}
      </span>
    </td>
  );
}
