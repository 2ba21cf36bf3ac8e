import type { ConditionDraft, KeyOperator, TypedAs } from '../../../../src-shared/reading/criteria.ts';
import type { Operator } from '../../../../src-shared/reading/operators.ts';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import type { SelectOption } from '../../../ui/select.tsx';

/** What a condition can ask, in the words of the list to choose from. */
export const operatorOptions: readonly SelectOption[] = [
  { value: '=', label: '=' },
  { value: '<>', label: '≠', about: 'or missing' },
  { value: '<', label: '<' },
  { value: '<=', label: '≤' },
  { value: '>', label: '>' },
  { value: '>=', label: '≥' },
  { value: 'between', label: 'between', about: 'both included' },
  { value: 'in', label: 'is one of' },
  { value: 'begins_with', label: 'begins with' },
  { value: 'not_begins_with', label: 'does not begin with', about: 'or missing' },
  { value: 'contains', label: 'contains', about: 'a part of a text, a member of a set or list' },
  { value: 'not_contains', label: 'does not contain', about: 'or missing' },
  { value: 'exists', label: 'exists' },
  { value: 'not_exists', label: 'is missing' },
  { value: 'type', label: 'is of type' },
  ...(['=', '<>', '<', '<=', '>', '>=', 'between'] as const).map((operator) => ({
    value: `size ${operator}`,
    label: `size ${operator.replace('<>', '≠').replace('<=', '≤').replace('>=', '≥')}`,
    ...(operator === '=' && { about: 'characters, bytes or elements' }),
  })),
];

/** What a sort key can be compared with. A number has no beginning. */
export function keyOperatorOptions(type: string): readonly (SelectOption & { value: KeyOperator })[] {
  const all: (SelectOption & { value: KeyOperator })[] = [
    { value: '=', label: '=' },
    { value: '<', label: '<' },
    { value: '<=', label: '≤' },
    { value: '>', label: '>' },
    { value: '>=', label: '≥' },
    { value: 'between', label: 'between' },
    { value: 'begins_with', label: 'begins with' },
  ];
  return type === 'N' ? all.filter(({ value }) => value !== 'begins_with') : all;
}

/** The choice in the list that a condition has made. */
export function operatorChoice({ of, operator }: Pick<ConditionDraft, 'of' | 'operator'>): string {
  return of === 'size' ? `size ${operator}` : operator;
}

/** The condition's fields for a choice in the list. */
export function fromOperatorChoice(choice: string): Pick<ConditionDraft, 'of' | 'operator'> {
  const isSize = choice.startsWith('size ');
  return { of: isSize ? 'size' : 'value', operator: choice.replace(/^size /, '') as Operator };
}

/** What a condition needs besides its path: how many values, and whether they have a type to choose. */
export function valueNeeds({ of, operator }: Pick<ConditionDraft, 'of' | 'operator'>): {
  values: 0 | 1 | 2;
  hasType: boolean;
} {
  if (operator === 'exists' || operator === 'not_exists') return { values: 0, hasType: false };
  return { values: operator === 'between' ? 2 : 1, hasType: of === 'value' && operator !== 'type' };
}

export const typeOptions: readonly (SelectOption & { value: TypedAs })[] = [
  { value: 'S', label: 'S', about: 'text' },
  { value: 'N', label: 'N', about: 'number' },
  { value: 'BOOL', label: 'BOOL', about: 'true or false' },
  { value: 'NULL', label: 'NULL' },
  { value: 'B', label: 'B', about: 'binary, as base64' },
  { value: 'JSON', label: 'JSON', about: 'any value as DynamoDB JSON' },
];

/** DynamoDB's types, for `is of type`. */
export const attributeTypeOptions: readonly SelectOption[] = [
  { value: 'S', label: 'S', about: 'string' },
  { value: 'N', label: 'N', about: 'number' },
  { value: 'B', label: 'B', about: 'binary' },
  { value: 'BOOL', label: 'BOOL', about: 'boolean' },
  { value: 'NULL', label: 'NULL', about: 'null' },
  { value: 'L', label: 'L', about: 'list' },
  { value: 'M', label: 'M', about: 'map' },
  { value: 'SS', label: 'SS', about: 'string set' },
  { value: 'NS', label: 'NS', about: 'number set' },
  { value: 'BS', label: 'BS', about: 'binary set' },
];

/** The type to type a value in as, when it is to be compared with values like this one. */
export function typedLike(value: AttributeValue): TypedAs {
  switch (value.type) {
    case 'SS':
      return 'S';
    case 'NS':
      return 'N';
    case 'BS':
      return 'B';
    case 'L':
    case 'M':
      return 'S';
    default:
      return value.type;
  }
}
