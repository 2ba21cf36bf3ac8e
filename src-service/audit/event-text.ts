import { memoize } from '../../src-shared/memoize.ts';
import type { AuditEvent } from './sink.ts';

/** The longest text in an event, in characters; what comes from outside may be of any length. */
const maxText = 2_048;
/** The longest document in an event, in bytes of JSON: two of them, escaped once more, fit into an entry of the store. */
const maxDocument = 48 * 1024;

/**
 * An event as JSON on one line. JSON escapes quotes, control characters and line ends, so that no field can forge
 * another field or another event; the few characters that it leaves and that some readers take for line ends are
 * escaped, too.
 */
export function eventText(event: AuditEvent): string {
  const rest = { ...event, time: undefined };
  const json = JSON.stringify(rest);
  // Hardly any event is long; the others need not be looked through.
  const text = json.length > maxText ? JSON.stringify(bounded(rest), shortened) : json;
  return `{"time":"${isoTime(event.time)}",${escapeRest(text).slice(1)}`;
}

function isoTime(time: number): string {
  const second = Math.floor(time / 1000);
  return `${isoSecond(second)}${String(time - second * 1000).padStart(3, '0')}Z`;
}

// All events of a second share most of their time.
const isoSecond = memoize((second: number) => new Date(second * 1000).toISOString().slice(0, -'000Z'.length), 16);

/**
 * Replaces characters that JSON leaves as they are and that a terminal or a log reader may take for something else: line
 * ends, control characters, and those that cannot be seen or turn round what stands beside them (Unicode TR36 §2.3).
 */
export function escapeRest(json: string): string {
  return json.replace(unseen, escapeCharacter);
}

const unseen = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function shortened(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= maxText) return value;
  return `${value.slice(0, maxText)}… (${value.length} characters)`;
}

function bounded<Event extends Pick<AuditEvent, 'resource'>>(event: Event): Event {
  const { resource } = event;
  if (!resource) return event;
  return {
    ...event,
    resource: { ...resource, before: boundedDocument(resource.before), after: boundedDocument(resource.after) },
  };
}

function boundedDocument(document: unknown): unknown {
  if (document === undefined) return undefined;
  const size = Buffer.byteLength(JSON.stringify(document));
  return size <= maxDocument ? document : `too large for an event (${size} bytes)`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
