import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { parsePlainJson, plainValue } from '../../../../src-shared/values/plain-json.ts';

/** DynamoDB's types, as a form offers them. */
export const formTypes = ['S', 'N', 'BOOL', 'NULL', 'B', 'L', 'M', 'SS', 'NS', 'BS'] as const;
export type FormType = (typeof formTypes)[number];

/** A value as the text that a form shows for it: itself for one text, JSON for what is more than one thing. */
export function formText(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
    case 'N':
      return value.text;
    case 'B':
      return value.base64;
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return '';
    default:
      return plainValue(value);
  }
}

/** Reads a form's text as a value of a type. `was` tells the types of what is inside it. */
export function fromFormText(
  type: FormType,
  text: string,
  was: AttributeValue | undefined,
): { value: AttributeValue } | { problem: string } {
  switch (type) {
    case 'S':
      return { value: { type, text } };
    case 'N':
      return { value: { type, text: text.trim() } };
    case 'B':
      return { value: { type, base64: text.trim() } };
    case 'BOOL':
      return { value: { type, value: text === 'true' } };
    case 'NULL':
      return { value: { type } };
    default:
      return fromJson(type, text, was);
  }
}

function fromJson(
  type: Exclude<FormType, 'S' | 'N' | 'B' | 'BOOL' | 'NULL'>,
  text: string,
  was: AttributeValue | undefined,
): { value: AttributeValue } | { problem: string } {
  const types = was?.type === type ? was : emptyOf(type);
  try {
    const value = parsePlainJson(`{"v":${text}}`, new Map([['v', types]])).get('v');
    if (value?.type === type) return { value };
    // An empty JSON list can be an empty set only where it was one; DynamoDB has none of those.
    return { problem: expected[type] };
  } catch (error) {
    return { problem: `${expected[type]} ${error instanceof Error ? error.message : ''}`.trim() };
  }
}

const expected = {
  L: 'Write a JSON list: ["a", 1].',
  M: 'Write a JSON object: {"city": "Berlin"}.',
  SS: 'Write a JSON list of texts: ["a", "b"].',
  NS: 'Write a JSON list of numbers: [1, 2.5].',
  BS: 'Write a JSON list of base64 texts: ["AAE="].',
} as const;

/** The value to begin with when an attribute becomes one of this type; what can be kept of its text is. */
export function ofType(type: FormType, value: AttributeValue | undefined): AttributeValue {
  const text = value && (value.type === 'S' || value.type === 'N') ? value.text : '';
  if (value?.type === type) return value;
  switch (type) {
    case 'S':
      return { type, text: value?.type === 'B' ? value.base64 : text };
    case 'N':
      return { type, text: text === '' ? '0' : text };
    default:
      return emptyOf(type);
  }
}

function emptyOf(type: FormType): AttributeValue {
  switch (type) {
    case 'S':
    case 'N':
      return { type, text: '' };
    case 'B':
      return { type, base64: '' };
    case 'BOOL':
      return { type, value: false };
    case 'NULL':
      return { type };
    case 'L':
      return { type, values: [] };
    case 'M':
      return { type, entries: new Map() };
    default:
      return { type, members: [] };
  }
}
