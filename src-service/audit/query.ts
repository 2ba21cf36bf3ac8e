import type { Backend } from '../backend/backend.ts';
import { type Block, blockAt, readBlocks, readHead } from './blocks.ts';

/** Which events are wanted. What is left out does not matter; all that is given must be so. */
export interface AuditFilter {
  /** Who did it, or whom it was done to. */
  user?: string | undefined;
  /** An IAM role: its ARN, or its name. */
  role?: string | undefined;
  /** Signing name of an AWS service. */
  service?: string | undefined;
  /** An action, as IAM policies write it (`dynamodb:Scan`), or without the service. */
  action?: string | undefined;
  /** A table or whatever else was worked on, or a part of its name. */
  resource?: string | undefined;
  /** The kind of event, or the beginning of it: `login`, `aws.request`. */
  event?: string | undefined;
  success?: boolean | undefined;
  /** The id of a request, as whoever sent it was told: Rolegate's, or AWS's. */
  request?: string | undefined;
  /** Milliseconds since the epoch. */
  from?: number | undefined;
  until?: number | undefined;
}

export interface AuditQuery {
  filter: AuditFilter;
  order: 'newest' | 'oldest';
  limit: number;
  /** Go on after this event, in this order. */
  after?: number | undefined;
}

export interface AuditPage {
  /** Lines of the chain. */
  lines: string[];
  /** Where to go on; undefined at the end. */
  next: number | undefined;
}

const blocksAtOnce = 4;
/** The most blocks that one answer looks through, whatever it finds. */
const maxBlocks = 64;

/** Characters in one answer. */
const maxPage = 1_000_000;

/** Looks for events. One page takes bounded time and memory: it may be empty and still have a next one. */
export async function queryAudit(backend: Backend, query: AuditQuery): Promise<AuditPage> {
  const { filter, order, limit } = query;
  const newestFirst = order === 'newest';
  const lines: string[] = [];
  let size = 0;
  let position = query.after ?? (await startFor(backend, filter, newestFirst));
  for (let looked = 0; looked < maxBlocks; looked += blocksAtOnce) {
    const blocks = await nextBlocks(backend, newestFirst, position);
    if (blocks.length === 0) return { lines, next: undefined };
    for (const block of blocks) {
      for (const { seq, line } of numbered(block, newestFirst)) {
        if (position !== undefined && (newestFirst ? seq >= position : seq <= position)) continue;
        const time = timeOf(line);
        if (isBeyond(time, filter, newestFirst)) return { lines, next: undefined };
        if (matches(line, time, filter)) {
          lines.push(line);
          size += line.length;
          if (lines.length === limit || size > maxPage) return { lines, next: seq };
        }
        position = seq;
      }
    }
  }
  return { lines, next: position };
}

/** Blocks from a position on; the one that holds it comes first. */
async function nextBlocks(backend: Backend, newestFirst: boolean, position: number | undefined): Promise<Block[]> {
  if (newestFirst || position === undefined) {
    return readBlocks(backend, {
      limit: blocksAtOnce,
      newestFirst,
      ...(position !== undefined && { beyond: position }),
    });
  }
  const first = await blockAt(backend, position + 1);
  if (!first) return [];
  const more = await readBlocks(backend, { limit: blocksAtOnce - 1, beyond: first.first });
  return [first, ...more];
}

/** Where to begin, for the times that are wanted; undefined for the end of the log. */
async function startFor(backend: Backend, { from, until }: AuditFilter, newestFirst: boolean) {
  if (newestFirst) return until === undefined ? undefined : firstAfter(backend, until + slack);
  return from === undefined ? undefined : Math.max(0, (await firstAfter(backend, from - slack)) - maxBlockSpan);
}

/** A block may begin before a time and hold events after it; its events are looked at one by one. */
const maxBlockSpan = 1_000;

/** The first event of the first block that begins after a time: by halving, so that it takes few reads. */
async function firstAfter(backend: Backend, time: number): Promise<number> {
  let [low, high] = [1, (await readHead(backend)).seq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await blockAt(backend, middle);
    if (!block || timeOf(block.lines[0] ?? '') > time) high = Math.min(high, middle);
    else low = Math.max(middle, block.first + block.lines.length - 1) + 1;
  }
  return low;
}

function numbered({ first, lines }: Block, newestFirst: boolean): { seq: number; line: string }[] {
  const all = lines.map((line, index) => ({ seq: first + index, line }));
  return newestFirst ? all.reverse() : all;
}

/** Events are in the order of their writing, which is that of their times but for moments: a little slack is enough. */
const slack = 60_000;

function isBeyond(time: number, { from, until }: AuditFilter, newestFirst: boolean): boolean {
  return newestFirst ? from !== undefined && time < from - slack : until !== undefined && time > until + slack;
}

/** When an event was: `{"seq":1,"time":"2026-01-31T18:00:00.000Z",…`. */
export function timeOf(line: string): number {
  return Date.parse(/^\{"seq":\d+,"time":"([^"]+)"/.exec(line)?.[1] ?? '');
}

interface StoredEvent {
  event?: string;
  user?: string;
  subject?: string;
  success?: boolean;
  roleArn?: string;
  target?: string;
  requestId?: string;
  aws?: { service?: string; action?: string; resource?: string; requestId?: string };
  resource?: { kind?: string; name?: string };
}

function matches(line: string, time: number, filter: AuditFilter): boolean {
  if (filter.from !== undefined && time < filter.from) return false;
  if (filter.until !== undefined && time > filter.until) return false;
  const event = parse(line);
  const { aws } = event;
  return (
    isOneOf(filter.user, event.user, event.subject) &&
    (filter.role === undefined || [event.roleArn, event.target].some((arn) => isRole(arn, filter.role ?? ''))) &&
    isOneOf(filter.service, aws?.service) &&
    isOneOf(filter.request, event.requestId, aws?.requestId) &&
    isOneOf(filter.action, aws?.action, aws?.action?.split(':').at(-1)) &&
    (filter.resource === undefined || resourceNames(event).some((name) => name.includes(filter.resource ?? ''))) &&
    (filter.event === undefined ||
      event.event === filter.event ||
      (event.event ?? '').startsWith(`${filter.event}.`)) &&
    (filter.success === undefined || event.success === filter.success)
  );
}

function isOneOf(wanted: string | undefined, ...found: (string | undefined)[]): boolean {
  return wanted === undefined || found.includes(wanted);
}

function isRole(arn: string | undefined, wanted: string): boolean {
  return arn === wanted || arn?.split('/').at(-1) === wanted;
}

function resourceNames({ aws, resource }: StoredEvent): string[] {
  const document = resource && `${resource.kind}/${resource.name}`;
  return [aws?.resource, document].filter((name) => name !== undefined);
}

function parse(line: string): StoredEvent {
  try {
    return JSON.parse(line) as StoredEvent;
  } catch {
    // A line that somebody has spoilt in the store: `verify` says so.
    return {};
  }
}
