import { z } from 'zod';
import { operators } from '../contracts/table-reading.ts';

/** What a person has filled in to read a table: text as typed, which a plan turns into a request. */

/** The types that a value can be typed in as; JSON is any value as DynamoDB JSON (`{"SS":["a"]}`). */
export const typedAs = ['S', 'N', 'B', 'BOOL', 'NULL', 'JSON'] as const;
export type TypedAs = (typeof typedAs)[number];

const conditionDraft = z.object({
  kind: z.literal('condition'),
  /** Tells it from the others, for as long as it is on the screen. */
  id: z.string(),
  path: z.string(),
  of: z.enum(['value', 'size']),
  operator: z.enum(operators),
  type: z.enum(typedAs),
  /** As typed; the second one is for `between`. */
  values: z.array(z.string()),
});
export type ConditionDraft = z.infer<typeof conditionDraft>;

export interface GroupDraft {
  kind: 'group';
  id: string;
  join: 'and' | 'or';
  parts: (ConditionDraft | GroupDraft)[];
}
const groupDraft: z.ZodType<GroupDraft, GroupDraft> = z.object({
  kind: z.literal('group'),
  id: z.string(),
  join: z.enum(['and', 'or']),
  parts: z.array(z.union([conditionDraft, z.lazy(() => groupDraft)])),
});

/** What a sort key can be compared with. */
export const keyOperators = ['=', '<', '<=', '>', '>=', 'between', 'begins_with'] as const;
export type KeyOperator = (typeof keyOperators)[number];

const keyDraft = z.object({ name: z.string(), operator: z.enum(keyOperators), values: z.array(z.string()) });
export type KeyDraft = z.infer<typeof keyDraft>;

/** Where a read stops by itself. */
const budget = z.object({
  matches: z.number().int().min(1).max(100_000),
  pages: z.number().int().min(1).max(100_000),
  seconds: z.number().int().min(1).max(3600),
  /** Read units; no limit without it. */
  units: z.optional(z.number().min(1)),
});
export type Budget = z.infer<typeof budget>;

export const criteria = z.object({
  index: z.optional(z.string()),
  /** By attribute; those of other indexes are kept for when their index comes back. */
  keys: z.array(keyDraft),
  filter: groupDraft,
  /** Paths, separated by commas; everything when empty. */
  projection: z.string(),
  consistent: z.boolean(),
  descending: z.boolean(),
  budget,
});
export type Criteria = z.infer<typeof criteria>;

/** Where an interactive read stops unless somebody says otherwise. */
export const usualBudget: Budget = { matches: 200, pages: 10, seconds: 10 };

/** Nothing asked for: everything in the table. */
export function emptyCriteria(): Criteria {
  return {
    keys: [],
    filter: { kind: 'group', id: 'root', join: 'and', parts: [] },
    projection: '',
    consistent: false,
    descending: false,
    budget: usualBudget,
  };
}
