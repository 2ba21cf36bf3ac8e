import type { AuditSink } from '../audit/sink.ts';
import type { Backend } from '../backend/backend.ts';

const goodFor = 2_000;

/**
 * Whether requests could be answered: the store can be read and events can be written. Anybody may ask, so the store
 * is asked now and then only, however many do.
 *
 * @returns resolves where all is well
 * @throws RolegateError `unavailable` where not
 */
export function createHealth(backend: Backend, audit: AuditSink, now: () => number): () => Promise<void> {
  let last: { at: number; answer: Promise<void> } | undefined;

  async function look(): Promise<void> {
    await backend.get('health/probe');
    await audit.room();
  }

  return () => {
    if (!last || now() - last.at > goodFor) last = { at: now(), answer: look() };
    return last.answer;
  };
}
