/** What a condition may say of a value. */
export const operators = [
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'in',
  'begins_with',
  'not_begins_with',
  'contains',
  'not_contains',
  'exists',
  'not_exists',
  'type',
] as const;
export type Operator = (typeof operators)[number];
