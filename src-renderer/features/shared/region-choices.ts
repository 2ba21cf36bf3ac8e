import { partitionById } from '../../../src-shared/aws/partitions.ts';
import { regionName } from '../../../src-shared/contracts/common.ts';

/** A region to choose. */
export interface RegionChoice {
  region: string;
  /** False for a name that was typed: AWS opens regions faster than lists are printed. */
  isKnown: boolean;
}

/**
 * The regions of a partition that match a search (`eu w`, `euw1`), and what was typed, where that could be a region
 * too.
 */
export function regionChoices(partition: string, search: string): RegionChoice[] {
  const text = search.trim().toLowerCase();
  const words = text.split(/[\s-]+/).filter(Boolean);
  const regions = partitionById(partition)?.regions ?? [];
  const known = regions.filter((region) => matches(region, words)).map((region) => ({ region, isKnown: true }));
  const isNew = !regions.includes(text) && regionName.safeParse(text).success;
  return isNew ? [...known, { region: text, isKnown: false }] : known;
}

function matches(region: string, words: readonly string[]): boolean {
  return words.every((word) => region.includes(word)) || shortNameOf(region).startsWith(words.join(''));
}

/** `euw1` for eu-west-1, `apne2` for ap-northeast-2, as engineers abbreviate them. */
function shortNameOf(region: string): string {
  const [first = '', ...rest] = region.split('-');
  return first + rest.map((part) => part.replace(/^(north|south|central|east|west)(east|west)?$/, initials)).join('');
}

function initials(_: string, first: string, second = ''): string {
  return first.charAt(0) + second.charAt(0);
}
