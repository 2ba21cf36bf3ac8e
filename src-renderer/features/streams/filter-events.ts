import type { StreamEvent } from '../../../src-shared/contracts/streams.ts';
import { itemDiff } from '../../../src-shared/staging/item-diff.ts';
import { hasWords, wordsOf } from '../../ui/words.ts';
import type { TailEvent } from './stream-tail.ts';

/** Which kinds of changes are shown; all of them when it is empty. */
export type KindFilter = 'all' | StreamEvent['kind'];

/** The changes of a kind in whose keys or images all words stand. Upper and lower case are the same. */
export function filterEvents(events: readonly TailEvent[], kind: KindFilter, search: string): readonly TailEvent[] {
  const words = wordsOf(search);
  if (kind === 'all' && words.length === 0) return events;
  return events.filter(({ event }) => {
    if (kind !== 'all' && event.kind !== kind) return false;
    return words.length === 0 || hasWords(`${event.keys} ${event.oldImage ?? ''} ${event.newImage ?? ''}`, words);
  });
}

/** What became different, in a few words: the attributes of a modification that has both images. */
export function changedNames({ event, oldImage, newImage }: TailEvent): readonly string[] {
  if (event.kind !== 'MODIFY' || !oldImage || !newImage) return [];
  return itemDiff(oldImage.item, newImage.item).map(({ name }) => name);
}
