import type { AccessRequest, AccessRequestState } from '../../../src-shared/contracts/requests-api.ts';
import { plural } from '../shared/format.ts';

const minute = 60_000;
const hour = 60 * minute;

/** `2 hours`, `90 minutes`: for how long something is asked for. */
export function durationWords(milliseconds: number): string {
  if (milliseconds % hour === 0) return plural(milliseconds / hour, 'hour');
  return plural(Math.max(1, Math.round(milliseconds / minute)), 'minute');
}

const offered = [15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, 24 * hour];

/** The times to choose from, none longer than what may be asked for; the longest is always among them. */
export function durationChoices(longest: number): number[] {
  const shorter = offered.filter((one) => one < longest);
  return [...shorter, longest];
}

/** What is chosen at first: an hour, or less where less is all there is. */
export function firstDuration(longest: number): number {
  return Math.min(hour, longest);
}

/** How each state is called and coloured. */
export const stateWords = {
  pending: { label: 'Pending', tone: 'warn' },
  approved: { label: 'Approved', tone: 'good' },
  denied: { label: 'Denied', tone: 'bad' },
  withdrawn: { label: 'Withdrawn', tone: 'plain' },
  expired: { label: 'Expired', tone: 'plain' },
} as const satisfies Record<AccessRequestState, { label: string; tone: string }>;

/** Which requests a person looks at. */
export const requestFilters = ['all', 'pending', 'approved', 'denied', 'expired'] as const;
export type RequestFilter = (typeof requestFilters)[number];

/** The requests of a filter; what was withdrawn is over, like what has expired. */
export function filterRequests(requests: readonly AccessRequest[], filter: RequestFilter): readonly AccessRequest[] {
  if (filter === 'all') return requests;
  return requests.filter(({ state }) => state === filter || (filter === 'expired' && state === 'withdrawn'));
}

/** Those that wait for this person to decide. */
export function waitingForMe(requests: readonly AccessRequest[]): readonly AccessRequest[] {
  return requests.filter(({ state, mayReview }) => state === 'pending' && mayReview);
}
