/**
 * A DynamoDB attribute value as Rolegate holds it. Nothing is converted: a number is the text that DynamoDB sent,
 * binary stays base64 until somebody looks at it, and attribute names are keys of a Map, so that `__proto__` and
 * `10` are names like any other and keep their order.
 */
export type AttributeValue =
  | { readonly type: 'S'; readonly text: string }
  | { readonly type: 'N'; readonly text: string }
  | { readonly type: 'B'; readonly base64: string }
  | { readonly type: 'BOOL'; readonly value: boolean }
  | { readonly type: 'NULL' }
  | { readonly type: 'M'; readonly entries: ReadonlyMap<string, AttributeValue> }
  | { readonly type: 'L'; readonly values: readonly AttributeValue[] }
  | { readonly type: 'SS' | 'NS' | 'BS'; readonly members: readonly string[] };

/** One item: its attributes by name, in the order in which they arrived. */
export type Item = ReadonlyMap<string, AttributeValue>;
