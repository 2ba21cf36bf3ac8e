import { useState } from 'react';
import type { AttributeValue, Item } from '../../../../src-shared/values/attribute-value.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { parsePlainJson, plainJson } from '../../../../src-shared/values/plain-json.ts';
import { prettyItem } from '../../../../src-shared/values/write-value.ts';

/** How an item is edited: attribute by attribute, or as one of two texts. */
export type DraftView = 'form' | 'json' | 'dynamodb';

/** An item that is being edited. All views are of one item: what is done in one is there in the others. */
export interface Draft {
  item: Item;
  view: DraftView;
  /** What stands in the text views. */
  text: string;
  /** Why the text is no item; until that is mended, the other views cannot be shown. */
  textProblem: string | undefined;
  setView: (view: DraftView) => void;
  setText: (text: string) => void;
  setValue: (name: string, value: AttributeValue | undefined) => void;
}

/** @param first the item to begin with; it also knows the types that JSON cannot say */
export function useDraft(first: Item, keyNames: readonly string[], firstView: DraftView): Draft {
  const [item, setItem] = useState(first);
  const [view, setView] = useState(firstView);
  const [text, setText] = useState(() => textOf(first, firstView, keyNames));
  const [textProblem, setTextProblem] = useState<string>();
  return {
    item,
    view,
    text,
    textProblem,
    setView(next) {
      if (textProblem !== undefined) return;
      setView(next);
      setText(textOf(item, next, keyNames));
    },
    setText(next) {
      setText(next);
      try {
        setItem(view === 'json' ? parsePlainJson(next, withTypes(first, item)) : parseItem(next));
        setTextProblem(undefined);
      } catch (error) {
        setTextProblem(error instanceof Error ? error.message : 'This is not JSON.');
      }
    },
    setValue(name, value) {
      const next = new Map(item);
      if (value) next.set(name, value);
      else next.delete(name);
      setItem(next);
    },
  };
}

/** The types to go by: the draft's own, and the first item's for attributes that were gone for a moment. */
function withTypes(first: Item, item: Item): Item {
  return new Map([...first, ...item]);
}

function textOf(item: Item, view: DraftView, keyNames: readonly string[]): string {
  return view === 'json' ? plainJson(item, keyNames) : prettyItem(item, keyNames);
}
