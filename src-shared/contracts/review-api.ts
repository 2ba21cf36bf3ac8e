import { z } from 'zod';
import { line } from './common.ts';

/**
 * What a person may administer, and what a change of resources would come to: asked before anything is written. Both
 * ends parse, as in the rest of the service's API.
 */

/** What can be done with resources; `spec.allow.rules` of roles names these. */
export const ruleVerbs = ['list', 'readnosecrets', 'read', 'create', 'update', 'delete'] as const;
export type RuleVerb = (typeof ruleVerbs)[number];

const kindName = line.max(64);
const resourceName = line.max(256);

/** The verbs that the asker's roles allow, by kind of resource; kinds without any are left out. */
export const ownRules = z.record(kindName, z.array(z.enum(ruleVerbs)));
export type OwnRules = z.infer<typeof ownRules>;

/** One text of documents, with the name that problems give it. */
export const maxReviewedText = 256 * 1024;
export const reviewRequest = z.strictObject({
  file: z.string().min(1).max(1024),
  text: z.string().max(maxReviewedText),
});
export type ReviewRequest = z.infer<typeof reviewRequest>;

export const documentProblem = z.strictObject({
  /** Counted from 1, like the column. */
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  /** The way to the field, such as `spec.allow.aws_role_arns.0`. */
  field: line.optional(),
  message: line,
  /** The corrected text, where it can be told. */
  corrected: z.string().max(4096).optional(),
});
export type DocumentProblem = z.infer<typeof documentProblem>;

export const checkedText = z.strictObject({
  /** By line. Empty where the documents may be written as they are. */
  problems: z.array(documentProblem),
});
export type CheckedText = z.infer<typeof checkedText>;

const change = z.enum(['gains', 'loses']);
/** `roleArn`: an ARN; of what can be decided on also a pattern, or `*` for every IAM role. */
const askChange = z.strictObject({ change, user: resourceName, app: line.max(64), roleArn: line });

export const accessPreview = z.strictObject({
  /** What would become of each document. */
  writes: z.array(z.strictObject({ kind: kindName, name: resourceName, action: z.enum(['create', 'update', 'keep']) })),
  /** Who could assume another IAM role than before, or the same in another way. */
  assume: z.array(
    z.strictObject({
      change: z.enum(['gains', 'loses', 'differs']),
      user: resourceName,
      app: line.max(64),
      roleArn: line,
      isPattern: z.boolean(),
      /** Whether it would be read-only; for what is lost, whether it was. */
      readOnly: z.boolean(),
    }),
  ),
  /** Who could ask for other IAM roles than before. */
  ask: z.array(askChange),
  /** Who could decide on other requests than before. */
  review: z.array(askChange),
  /** Who could do other things with resources than before. */
  administer: z.array(
    z.strictObject({ change, user: resourceName, resource: kindName, verbs: z.array(z.enum(ruleVerbs)) }),
  ),
  /** How many users were looked at: those whom the change can concern. */
  users: z.number().int().nonnegative(),
  /** How many changes there are beside those that are listed. */
  omitted: z.number().int().nonnegative(),
});
export type AccessPreview = z.infer<typeof accessPreview>;

/** Looking before writing. Every method takes a login's token and rejects with a RolegateError. */
export interface ReviewApi {
  /** What the asker may administer. Everybody may ask that of themselves. */
  ownRules(token: string): Promise<OwnRules>;
  /** What is wrong with a text. For those who may create or update resources of the kinds in it. */
  checkResources(token: string, request: ReviewRequest): Promise<CheckedText>;
  /** What writing a text would change for whom. For those who may write it, and see all roles and users. */
  previewResources(token: string, request: ReviewRequest): Promise<AccessPreview>;
}
