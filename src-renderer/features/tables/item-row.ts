import type { AttributeValue, Item } from '../../../src-shared/values/attribute-value.ts';
import { parseItem } from '../../../src-shared/values/parse-item.ts';

/** A loaded item: its text, and its values from the moment somebody looks at them. */
export class ItemRow {
  readonly text: string;
  private parsed: Item | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Its attributes; none when the text is not an item, which then can still be looked at as text. */
  get item(): Item {
    this.parsed ??= parsedOrEmpty(this.text);
    return this.parsed;
  }

  /** The value of an attribute; undefined when the item does not have it. */
  value(attribute: string): AttributeValue | undefined {
    return this.item.get(attribute);
  }
}

function parsedOrEmpty(text: string): Item {
  try {
    return parseItem(text);
  } catch {
    return new Map();
  }
}
