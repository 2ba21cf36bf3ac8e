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
import { type Resources, shownName } from '../resources/resources.ts';

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
      const { users, ...changes } = compareAccess(
        accessNow(resources),
        accessAfter(resources, documents),
        ruleResources,
        now(),
      );
      return { writes: planned.map(toWrite), users, ...atMost(maxChanges, changes) };
    },
  };
}

type Changes = Pick<AccessPreview, 'assume' | 'ask' | 'review' | 'administer'>;

/** The first of all changes together, and how many are left out. */
function atMost(limit: number, { assume, ask, review, administer }: Changes): Changes & { omitted: number } {
  let left = limit;
  const take = <Change>(all: readonly Change[]): Change[] => {
    const taken = all.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const shown = { assume: take(assume), ask: take(ask), review: take(review), administer: take(administer) };
  const count = assume.length + ask.length + review.length + administer.length;
  return { ...shown, omitted: count - (limit - left) };
}

/** The name is for messages only, and these have lines. */
function asFile({ file, text }: ReviewRequest): ReviewRequest {
  return { file: oneLine(file), text: text.slice(0, maxReviewedText) };
}

function toWrite({ document, existing }: PlannedWrite): AccessPreview['writes'][number] {
  const { kind, metadata } = document;
  const isSame = existing !== undefined && isDeepStrictEqual(existing.document, document);
  return { kind, name: shownName(kind, metadata.name), action: existing ? (isSame ? 'keep' : 'update') : 'create' };
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
