import * as z from 'zod/mini';

const text = z.optional(z.string());

/** What of an event is drawn. Everything else of it is in its line. */
const shape = z.object({
  seq: z.number(),
  time: z.string(),
  event: z.string(),
  user: text,
  subject: text,
  success: z.optional(z.boolean()),
  reason: text,
  app: text,
  roleArn: text,
  target: text,
  appSessionId: text,
  requestId: text,
  aws: z.optional(
    z.looseObject({
      service: text,
      action: text,
      region: text,
      host: text,
      resource: text,
      status: z.optional(z.number()),
      errorCode: text,
    }),
  ),
  resource: z.optional(z.looseObject({ kind: text, name: text })),
});

/** An event of the audit log as it is drawn. */
export interface AuditEvent {
  seq: number;
  /** Milliseconds since the epoch. */
  time: number;
  event: string;
  user: string;
  /** What was done, and to what. */
  what: string;
  /** The IAM role's name. */
  role: string;
  isFailure: boolean;
  /** How it went: a status, an error code, a reason. */
  outcome: string;
  /** The line of the log, as it is. */
  line: string;
}

/** Reads a line of the log. What was spoilt in the store is shown as such, not left out. */
export function readEvent(line: string): AuditEvent {
  const parsed = shape.safeParse(parseJson(line));
  if (!parsed.success) {
    const unreadable = { time: 0, event: 'unreadable', user: '', what: '', role: '', isFailure: true };
    return { ...unreadable, seq: seqOf(line), outcome: 'this line is not as it was written', line };
  }
  const event = parsed.data;
  return {
    seq: event.seq,
    time: Date.parse(event.time),
    event: shown(event.event),
    user: shown(event.user),
    what: shown(whatOf(event)),
    role: shown(event.roleArn?.split('/').at(-1)),
    isFailure: event.success === false,
    outcome: shown(outcomeOf(event)),
    line,
  };
}

type Parsed = z.infer<typeof shape>;

function whatOf({ aws, resource, subject, target, app }: Parsed): string {
  if (aws) {
    // A request that was refused may not have said so much as its service.
    const what = aws.action ?? (aws.service === undefined ? aws.host : `${aws.service}:?`);
    return [what, aws.resource, aws.region && `(${aws.region})`].filter(Boolean).join(' ');
  }
  if (resource) return `${resource.kind ?? ''}/${resource.name ?? ''}`;
  return [subject, target, app].filter(Boolean).join(' ');
}

function outcomeOf({ success, aws, reason }: Parsed): string {
  if (success === false) return aws?.errorCode ?? reason ?? 'failed';
  return aws?.status === undefined ? 'ok' : String(aws.status);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function seqOf(line: string): number {
  return Number(/^\{"seq":(\d{1,15})\b/.exec(line)?.[1] ?? 0);
}

/** What JSON had escaped is text again: without what could hide or turn round what stands beside it. */
function shown(text = ''): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').slice(0, 500);
}

/** The facts of an event's line, flat, in their order: `aws.action`, `Scan`. */
export function factsOf(line: string): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'object' && value !== null && !isDocument(path)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
      return;
    }
    if (value === undefined || isDocument(path)) return;
    found.push({ name: path, value: String(value).replace(/[\p{Cc}\p{Cf}]/gu, ' ') });
  };
  walk(parseJson(line), '');
  return found;
}

/** Whole documents are shown as such, not taken apart. */
const isDocument = (path: string) => path === 'resource.before' || path === 'resource.after' || path === 'signed';

/** The document before and after, of an event about a resource. */
export function documentsOf(line: string): { title: string; text: string }[] {
  const { resource } = (parseJson(line) ?? {}) as { resource?: { before?: unknown; after?: unknown } };
  return [
    { title: 'Before', value: resource?.before },
    { title: 'After', value: resource?.after },
  ].flatMap(({ title, value }) =>
    value === undefined ? [] : [{ title, text: JSON.stringify(value, null, 2).replace(/[\p{Cf}]/gu, '') }],
  );
}
