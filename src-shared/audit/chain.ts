import { hash as digest } from 'node:crypto';

/**
 * The chain of audit events. Each is one line of JSON: its number `seq` comes first, then what happened, then `prev`,
 * the hash of the line before, and last `hash`, the SHA-256 of the line without it. A line that is changed, taken out,
 * put in or moved no longer fits its neighbours.
 */

/** What the first line has as `prev`. */
export const genesis = 'A'.repeat(43);

/** Where the chain ends for now. */
export interface ChainHead {
  /** Number of the last event; 0 before the first. */
  seq: number;
  hash: string;
}

export const emptyChain: ChainHead = { seq: 0, hash: genesis };

/** Puts events at the end of the chain. @param texts events as JSON objects */
export function sealEvents(texts: readonly string[], head: ChainHead): { lines: string[]; head: ChainHead } {
  let { seq, hash } = head;
  const lines = texts.map((text) => {
    seq += 1;
    const body = `{"seq":${seq},${text.slice(1, -1)},"prev":"${hash}"}`;
    hash = hashOf(body);
    return `${body.slice(0, -1)},"hash":"${hash}"}`;
  });
  return { lines, head: { seq, hash } };
}

/** What a line says of its place in the chain. */
export interface Link {
  seq: number;
  prev: string;
  hash: string;
  /** Whether the hash is that of the line. */
  isIntact: boolean;
}

const linkPattern = /^\{"seq":(\d{1,15}),.*"prev":"([\w-]{43})","hash":"([\w-]{43})"\}$/s;

/** @returns undefined for a line that is none of the chain */
export function readLink(line: string): Link | undefined {
  const match = linkPattern.exec(line);
  if (!match) return undefined;
  const [, seq = '', prev = '', hash = ''] = match;
  const body = `${line.slice(0, -`,"hash":"${hash}"}`.length)}}`;
  return { seq: Number(seq), prev, hash, isIntact: hashOf(body) === hash };
}

function hashOf(body: string): string {
  return digest('sha256', body, 'base64url');
}
