import type { AttributeValue, Item } from '../../../src-shared/values/attribute-value.ts';
import { parseItem, pickAttributes } from '../../../src-shared/values/parse-item.ts';

/**
 * How long the texts of the items may be, in characters, whose values are kept. Values take some six times the room of
 * their text: those of 100,000 rows would be more than a window may use.
 */
const keptCharacters = 4_000_000;

/** The rows whose values are kept, the oldest first, and how long their texts are. */
const kept = { rows: new Set<ItemRow>(), characters: 0 };

/** A loaded item: its text, and its values from the moment somebody looks at them, for as long as there is room. */
export class ItemRow {
  readonly text: string;
  private parsed: Item | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Its attributes; none when the text is not an item, which then can still be looked at as text. */
  get item(): Item {
    if (this.parsed) return this.parsed;
    this.parsed = itemOr(() => parseItem(this.text));
    this.keep();
    return this.parsed;
  }

  /** The value of an attribute; undefined when the item does not have it. */
  value(attribute: string): AttributeValue | undefined {
    return this.item.get(attribute);
  }

  /** Some attributes, of which nothing is kept: for what looks at every loaded row, and not at those on the screen. */
  pick(attributes: readonly string[]): Item {
    return this.parsed ?? itemOr(() => pickAttributes(this.text, attributes));
  }

  private keep(): void {
    kept.rows.add(this);
    kept.characters += this.text.length;
    for (const row of kept.rows) {
      if (kept.characters <= keptCharacters || row === this) return;
      kept.rows.delete(row);
      kept.characters -= row.text.length;
      row.parsed = undefined;
    }
  }
}

function itemOr(read: () => Item): Item {
  try {
    return read();
  } catch {
    return new Map();
  }
}
