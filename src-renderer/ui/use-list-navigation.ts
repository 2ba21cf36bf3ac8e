import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react';

/** What a search box needs to steer a list, and what the list needs to be steered. */
export interface ListNavigation {
  /** The element id of the list. */
  readonly id: string;
  /** The element id of a row. */
  readonly rowId: (index: number) => string;
  /** The row that Enter would choose; -1 in an empty list. */
  readonly active: number;
  /** To spread over the search box. */
  readonly inputProps: {
    role: 'combobox';
    'aria-expanded': boolean;
    'aria-controls': string | undefined;
    'aria-activedescendant': string | undefined;
    'aria-autocomplete': 'list';
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** To spread over the list: one handler for all its rows, which say by `data-index` which they are. */
  readonly listProps: {
    onClick: (event: MouseEvent) => void;
    onAuxClick: (event: MouseEvent) => void;
  };
}

/** `background` is a middle click or Ctrl+Enter: choose it, but stay here. */
export type Choice = 'normal' | 'background';

const pageRows = 10;
const middleButton = 1;

/**
 * Arrows, Page keys and Enter in a search box move through and choose from the list below it. The focus stays in
 * the box, as the ARIA combobox pattern has it.
 *
 * @param resetKey what was searched for: when it changes, the first row becomes the active one
 */
export function useListNavigation(
  count: number,
  resetKey: string,
  onChoose: (index: number, how: Choice) => void,
): ListNavigation {
  const id = useId();
  const rowId = (index: number) => `${id}-${index}`;
  const [position, setPosition] = useState({ resetKey, index: 0 });
  const wanted = position.resetKey === resetKey ? position.index : 0;
  const active = Math.min(wanted, count - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onChoose(active, howOf(event));
      return;
    }
    const next = nextIndex(event.key, active, count);
    if (next === undefined) return;
    event.preventDefault();
    setPosition({ resetKey, index: next });
  };
  const onClick = (event: MouseEvent) => {
    const index = rowOf(event.target);
    if (index !== undefined) onChoose(index, howOf(event));
  };
  const onAuxClick = (event: MouseEvent) => {
    const index = rowOf(event.target);
    if (index !== undefined && event.button === middleButton) onChoose(index, 'background');
  };

  return {
    id,
    rowId,
    active,
    inputProps: {
      role: 'combobox',
      // An empty list is not drawn.
      'aria-expanded': count > 0,
      'aria-controls': count > 0 ? id : undefined,
      'aria-activedescendant': active >= 0 ? rowId(active) : undefined,
      'aria-autocomplete': 'list',
      onKeyDown,
    },
    listProps: { onClick, onAuxClick },
  };
}

/** Where a key leads; undefined for keys that are the search box's own. Arrows go round the ends, pages stop there. */
export function nextIndex(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active - 1 + count) % count;
    case 'PageDown':
      return Math.min(active + pageRows, count - 1);
    case 'PageUp':
      return Math.max(active - pageRows, 0);
    default:
      return undefined;
  }
}

function howOf(event: { ctrlKey: boolean; metaKey: boolean }): Choice {
  return event.ctrlKey || event.metaKey ? 'background' : 'normal';
}

/** The row that was clicked; undefined for what is no row, and for buttons inside rows. */
function rowOf(target: EventTarget): number | undefined {
  if (!(target instanceof Element) || target.closest('button')) return undefined;
  const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? undefined : Number(index);
}
