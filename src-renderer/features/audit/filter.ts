import type { AuditQuery } from '../../../src-shared/contracts/admin-api.ts';

/** What is typed and chosen over the list. */
export interface FilterForm {
  user: string;
  role: string;
  service: string;
  action: string;
  resource: string;
  request: string;
  event: string;
  outcome: 'all' | 'succeeded' | 'failed';
  /** How far back; `all`, or `between` for the two times. */
  period: Period;
  /** As the browser's time fields write them, in the person's own zone. */
  from: string;
  until: string;
}

export const periods = ['all', 'hour', 'day', 'week', 'month', 'between'] as const;
export type Period = (typeof periods)[number];

export const noFilter: FilterForm = {
  user: '',
  role: '',
  service: '',
  action: '',
  resource: '',
  request: '',
  event: '',
  outcome: 'all',
  period: 'all',
  from: '',
  until: '',
};

const hour = 3_600_000;
const spans: Partial<Record<Period, number>> = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour };

const texts = ['user', 'role', 'service', 'action', 'resource', 'request', 'event'] as const;

/** The filter that the service is asked with. @param now milliseconds since the epoch */
export function toFilter(form: FilterForm, now: number): AuditQuery['filter'] {
  const named = texts.flatMap((key) => (form[key].trim() === '' ? [] : [[key, form[key].trim()]]));
  const span = spans[form.period];
  const from = span === undefined ? timeOf(form, 'from') : now - span;
  const until = timeOf(form, 'until');
  return {
    ...Object.fromEntries(named),
    ...(form.outcome !== 'all' && { success: form.outcome === 'succeeded' }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

function timeOf(form: FilterForm, key: 'from' | 'until'): number | undefined {
  if (form.period !== 'between' || form[key] === '') return undefined;
  const time = Date.parse(form[key]);
  return Number.isNaN(time) ? undefined : Math.max(0, time);
}

/** Whether anything is filtered at all. */
export function isFiltering(form: FilterForm): boolean {
  return JSON.stringify(toFilter(form, 0)) !== '{}';
}
