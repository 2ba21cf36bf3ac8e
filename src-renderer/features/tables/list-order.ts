import { hasWords, wordsOf } from '../../ui/words.ts';

/** With fewer tables than these one sees them all, and none need stand at the top twice. */
const fewTables = 20;

/** A region's tables in the order of the list. */
export interface ListedTables {
  names: readonly string[];
  /** Those of them that stand at the top because they were looked at lately. */
  recent: ReadonlySet<string>;
}

/**
 * The order of the list: what is pinned, what was looked at lately, then by name. Who searches gets by name what
 * matches, behind what is pinned.
 */
export function listOrder(
  names: readonly string[],
  pinned: readonly string[],
  recent: readonly string[],
  search: string,
): ListedTables {
  const words = wordsOf(search);
  const here = new Set(names);
  const isPinned = new Set(pinned);
  const showsRecent = words.length === 0 && names.length > fewTables;
  const lately = new Set(showsRecent ? recent.filter((name) => here.has(name) && !isPinned.has(name)) : []);
  const inOrder = [
    ...names.filter((name) => isPinned.has(name)),
    ...lately,
    ...names.filter((name) => !isPinned.has(name) && !lately.has(name)),
  ];
  return { names: words.length === 0 ? inOrder : inOrder.filter((name) => hasWords(name, words)), recent: lately };
}
