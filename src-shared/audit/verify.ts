import { z } from 'zod';
import { genesis, readLink } from './chain.ts';
import { isSignatureGood, keyId, type SignedHead, signedHead } from './statement.ts';

/** Something that is not as it was written. */
export interface ChainProblem {
  /** The event at which it shows, where it has a number. */
  seq?: number;
  message: string;
}

export interface VerifyReport {
  events: number;
  first: number | undefined;
  last: number | undefined;
  problems: ChainProblem[];
  /** The last event that a good statement of the service covers. */
  signedUpTo: number | undefined;
  /** The last event that the service took away because it was too old, by its own good statement. */
  prunedUpTo: number | undefined;
  /** The keys of those statements, by their short names. */
  keys: string[];
  /** What all this does not show; never empty. */
  cannotProve: string[];
}

export interface VerifyOptions {
  /** A statement that was kept elsewhere. */
  anchor?: SignedHead | undefined;
  /** Whether the lines are to begin with the first event of all. */
  fromStart: boolean;
}

/** How many problems are told; a chain that was made anew has one at every event. */
const maxProblems = 50;

/** Checks lines one after another, in constant memory. */
export interface ChainVerifier {
  add(line: string): void;
  finish(): VerifyReport;
}

export function createChainVerifier({ anchor, fromStart }: VerifyOptions): ChainVerifier {
  const problems: ChainProblem[] = [];
  const keys = new Set<string>();
  let events = 0;
  let first: number | undefined;
  let last: { seq: number; hash: string } | undefined;
  let signedUpTo: number | undefined;
  let anchorSeen = false;
  // Whether the log begins where it should is known at the end: what says that its beginning was pruned comes late.
  let beginning: { seq: number; prev: string } | undefined;
  let pruned: SignedHead | undefined;
  // Hashes of late events, to compare the statements with that come after them.
  const recent = new Map<number, string>();

  const problem = (message: string, seq?: number) => {
    if (problems.length < maxProblems) problems.push({ message, ...(seq !== undefined && { seq }) });
  };

  function checkOrder(seq: number, prev: string): void {
    beginning ??= { seq, prev };
    const expected = last ? last.seq + 1 : seq;
    if (seq > expected) problem(missing(expected, seq - 1), seq);
    else if (seq < expected) problem(`Event ${seq} stands after event ${expected - 1}: it was put in or moved.`, seq);
    else {
      const before = last?.hash ?? (fromStart && seq === 1 ? genesis : prev);
      if (prev !== before) problem(`Event ${seq} does not follow from the event before it.`, seq);
    }
  }

  function checkStatement(head: SignedHead, seq: number): void {
    const hash = recent.get(head.seq);
    if (!isSignatureGood(head)) problem(`The signature in event ${seq} is not good.`, seq);
    else if (hash !== undefined && hash !== head.hash) {
      problem(`Event ${head.seq} is not the one that was signed in event ${seq}.`, head.seq);
    } else {
      if (anchor && head.cluster !== anchor.cluster) problem(`Event ${seq} was signed for another cluster.`, seq);
      if (hash !== undefined) noteSigned(head);
    }
  }

  function checkPruned(head: SignedHead, seq: number): void {
    if (!isSignatureGood(head, 'pruned')) problem(`The signature in event ${seq} is not good.`, seq);
    else if (head.seq >= (pruned?.seq ?? 0)) pruned = head;
  }

  /** Events may be missing at the beginning if the service has said, and signed, that it took them away. */
  function checkBeginning(): void {
    if (!fromStart || !beginning || beginning.seq === 1) return;
    const { seq, prev } = beginning;
    const key = pruned && keyId(pruned.publicKey);
    const isOwnKey = key !== undefined && (anchor ? key === keyId(anchor.publicKey) : keys.size === 0 || keys.has(key));
    if (!pruned || pruned.seq < seq - 1) problem(missing(1, seq - 1), seq);
    else if (!isOwnKey) problem(`That events up to ${pruned.seq} were pruned is signed with another key.`, seq);
    // An interrupted pruning leaves some of what it was to take away.
    else if (pruned.seq === seq - 1 && pruned.hash !== prev) {
      problem(`Event ${seq} does not follow from the last event that was pruned.`, seq);
    }
  }

  function noteSigned(head: SignedHead): void {
    keys.add(keyId(head.publicKey));
    signedUpTo = Math.max(signedUpTo ?? 0, head.seq);
  }

  return {
    add(line) {
      const link = readLink(line);
      if (!link) {
        problem(`After event ${last?.seq ?? 0} stands a line that is no event.`);
        return;
      }
      events += 1;
      first ??= link.seq;
      if (!link.isIntact) problem(`Event ${link.seq} was changed.`, link.seq);
      checkOrder(link.seq, link.prev);
      last = { seq: link.seq, hash: link.hash };
      recent.set(link.seq, link.hash);
      if (recent.size > 20_000) recent.delete(recent.keys().next().value as number);
      if (anchor && link.seq === anchor.seq) {
        anchorSeen = true;
        if (link.hash !== anchor.hash) problem(`Event ${link.seq} is not the one that the anchor names.`, link.seq);
        else if (isSignatureGood(anchor)) noteSigned(anchor);
      }
      const statement = statementIn(line);
      if (statement?.event === 'audit.signed') checkStatement(statement.signed, link.seq);
      else if (statement) checkPruned(statement.signed, link.seq);
    },

    finish() {
      checkBeginning();
      if (anchor && !isSignatureGood(anchor)) problem('The signature of the anchor is not good.');
      if (anchor && !anchorSeen && anchor.seq > 0 && (first === undefined || first <= anchor.seq)) {
        const end = last ? `after event ${last.seq}` : 'before its first event';
        problem(`The log ends ${end}, but the anchor says that there were ${anchor.seq} events: its end was cut off.`);
      }
      const lastSeq = last?.seq;
      return {
        events,
        first,
        last: lastSeq,
        problems,
        signedUpTo,
        prunedUpTo: pruned?.seq,
        keys: [...keys],
        cannotProve: limits({ anchor, first, last: lastSeq, signedUpTo }),
      };
    },
  };
}

function missing(from: number, to: number): string {
  return from === to ? `Event ${from} is missing.` : `Events ${from} to ${to} are missing.`;
}

const eventOfStatement = z.object({ event: z.enum(['audit.signed', 'audit.pruned']), signed: signedHead });

/** The statement of an event that is one. */
function statementIn(line: string): z.infer<typeof eventOfStatement> | undefined {
  if (!line.includes('"event":"audit.signed"') && !line.includes('"event":"audit.pruned"')) return undefined;
  return eventOfStatement.safeParse(JSON.parse(line)).data;
}

interface Reach {
  anchor: SignedHead | undefined;
  first: number | undefined;
  last: number | undefined;
  signedUpTo: number | undefined;
}

function limits({ anchor, first, last, signedUpTo }: Reach): string[] {
  const all: string[] = [];
  if (!anchor) {
    all.push(
      'That no events were cut off at the end: that shows only against an anchor kept elsewhere (--save-anchor, then --anchor).',
    );
  } else if (last !== undefined && last > anchor.seq) {
    all.push(`That no events were cut off after event ${last}: the anchor reaches to event ${anchor.seq}.`);
  }
  if (first !== undefined && first > 1) all.push(`Anything about the events before event ${first}.`);
  if (last !== undefined && (signedUpTo ?? 0) < last) {
    all.push(
      `That events ${(signedUpTo ?? 0) + 1} to ${last} were not replaced by whoever can write to the store: they are not signed yet.`,
    );
  }
  all.push('That the service wrote down everything, and that nobody else had its signing key.');
  return all;
}
