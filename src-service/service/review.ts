import { isDeepStrictEqual } from 'node:util';
import {
  type AccessPreview,
  type DocumentProblem,
  maxReviewedText,
  type ReviewApi,
  type ReviewRequest,
} from '../../src-shared/contracts/review-api.ts';
import { type Actor, requireInsight } from '../access/actor.ts';
import { allowedVerbs, otherRuleResources } from '../access/admin.ts';
import { compareAccess } from '../access/preview.ts';
import type { Problem } from '../config/problem.ts';
import { accessAfter, accessNow } from '../resources/after-writes.ts';
import { kinds } from '../resources/document.ts';
import type { PlannedWrite } from '../resources/plan.ts';
import type { Resources } from '../resources/resources.ts';

const ruleResources = [...kinds, ...otherRuleResources];

/** In one answer; a role of thousands of users changes as many rows. */
const maxChanges = 1_000;
const maxProblems = 100;

export interface ReviewParts {
  /** Who asks. @throws RolegateError `needs_login`, `access_denied` */
  actor: (token: string) => Promise<Actor>;
  resources: Resources;
  now: () => number;
}

/** Looking before writing: see `ReviewApi` for what each takes and gives. */
export function createReview({ actor, resources, now }: ReviewParts): ReviewApi {
  return {
    async ownRules(token) {
      return Object.fromEntries(allowedVerbs((await actor(token)).roles, ruleResources));
    },

    async checkResources(token, file) {
      const problems = resources.check(await actor(token), asFile(file));
      return {
        problems: problems
          .sort((a, b) => a.line - b.line || a.column - b.column)
          .slice(0, maxProblems)
          .map(toShown),
      };
    },

    async previewResources(token, file) {
      const who = await actor(token);
      // What changes for others says what they may: whoever must not see that is not shown it.
      requireInsight(who);
      const planned = resources.plan(who, [asFile(file)], 'upsert');
      const documents = planned.map(({ document }) => document);
      const { assume, administer, users } = compareAccess(
        accessNow(resources),
        accessAfter(resources, documents),
        ruleResources,
        now(),
      );
      const shown = assume.slice(0, maxChanges);
      const alsoShown = administer.slice(0, maxChanges - shown.length);
      return {
        writes: planned.map(toWrite),
        assume: shown,
        administer: alsoShown,
        users,
        omitted: assume.length + administer.length - shown.length - alsoShown.length,
      };
    },
  };
}

/** The name is for messages only, and these have lines. */
function asFile({ file, text }: ReviewRequest): ReviewRequest {
  return { file: oneLine(file), text: text.slice(0, maxReviewedText) };
}

function toWrite({ document, existing }: PlannedWrite): AccessPreview['writes'][number] {
  const { kind, metadata } = document;
  const isSame = existing !== undefined && isDeepStrictEqual(existing.document, document);
  return { kind, name: metadata.name, action: existing ? (isSame ? 'keep' : 'update') : 'create' };
}

function toShown({ line, column, field, message, corrected }: Problem): DocumentProblem {
  return {
    line,
    column,
    ...(field !== undefined && { field: oneLine(field) }),
    message: oneLine(message),
    ...(corrected !== undefined && { corrected: corrected.slice(0, 4096) }),
  };
}

/** A text may hold anything, and problems quote it. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, 2_000);
}
