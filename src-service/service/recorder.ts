import type { AuditEvent, AuditSink } from '../audit/sink.ts';
import type { ResourceChange } from '../resources/resources.ts';

/** Writes down what somebody did, or tried to do. */
export type RecordEvent = (event: string, user: string, success: boolean, more?: Partial<AuditEvent>) => void;

export function createRecorder(audit: AuditSink, now: () => number): RecordEvent {
  return (event, user, success, more = {}) => audit.record({ event, time: now(), user, success, ...more });
}

/** The event of a change of a document. */
export function resourceEvent(change: ResourceChange, time: number): AuditEvent {
  const { actor, action, kind, name, before, after, reason } = change;
  const resource = { kind, name, before, after };
  return { event: `resource.${action}`, time, user: actor, success: true, resource, reason };
}
