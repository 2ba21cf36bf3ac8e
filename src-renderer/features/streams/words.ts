import type { StreamEvent } from '../../../src-shared/contracts/streams.ts';

/** What a change is called, and the tone of its chip. */
export function kindWords({ kind, isExpiry }: Pick<StreamEvent, 'kind' | 'isExpiry'>) {
  if (kind === 'INSERT') return { word: 'new', tone: 'good' } as const;
  if (kind === 'MODIFY') return { word: 'changed', tone: 'warn' } as const;
  return { word: isExpiry ? 'expired' : 'deleted', tone: 'bad' } as const;
}

/** What a stream holds of each change. */
export function viewWords(view: string | undefined): string {
  switch (view) {
    case 'NEW_AND_OLD_IMAGES':
      return 'This stream holds each item as it was and as it became.';
    case 'NEW_IMAGE':
      return 'This stream holds each item as it became, and not as it was.';
    case 'OLD_IMAGE':
      return 'This stream holds each item as it was, and not as it became.';
    case 'KEYS_ONLY':
      return 'This stream holds the keys only.';
    default:
      return '';
  }
}
