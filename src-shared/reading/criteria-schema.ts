import * as z from 'zod/mini';
import type { Criteria, GroupDraft } from './criteria.ts';
import { operators } from './operators.ts';

const condition = z.object({
  kind: z.literal('condition'),
  id: z.string(),
  path: z.string(),
  of: z.enum(['value', 'size']),
  operator: z.enum(operators),
  type: z.enum(['S', 'N', 'B', 'BOOL', 'NULL', 'JSON']),
  values: z.array(z.string()),
});
const group: z.ZodMiniType<GroupDraft> = z.object({
  kind: z.literal('group'),
  id: z.string(),
  join: z.enum(['and', 'or']),
  parts: z.array(z.union([condition, z.lazy(() => group)])),
});
/** What a person has filled in, as it comes back from storage, a file, or a link: from anybody. */
export const criteria: z.ZodMiniType<Criteria> = z.object({
  index: z.optional(z.string()),
  keys: z.array(
    z.object({
      name: z.string(),
      operator: z.enum(['=', '<', '<=', '>', '>=', 'between', 'begins_with']),
      values: z.array(z.string()),
    }),
  ),
  filter: group,
  projection: z.string(),
  consistent: z.boolean(),
  descending: z.boolean(),
  budget: z.object({
    matches: z.number(),
    pages: z.number(),
    seconds: z.number(),
    units: z.optional(z.number()),
  }),
});
