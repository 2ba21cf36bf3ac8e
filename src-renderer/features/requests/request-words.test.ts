import { describe, expect, it } from 'vitest';
import type { AccessRequest } from '../../../src-shared/contracts/requests-api.ts';
import { durationChoices, durationWords, filterRequests, firstDuration, waitingForMe } from './request-words.ts';

const minute = 60_000;
const hour = 60 * minute;
const request = (state: AccessRequest['state'], mayReview = false) => ({ state, mayReview }) as AccessRequest;

describe('the times to ask for', () => {
  it.each([
    [2 * hour, ['15 minutes', '30 minutes', '1 hour', '2 hours']],
    [90 * minute, ['15 minutes', '30 minutes', '1 hour', '90 minutes']],
    [5 * minute, ['5 minutes']],
  ])('end with the longest, %i', (longest, words) => {
    expect(durationChoices(longest).map(durationWords)).toEqual(words);
    expect(durationChoices(longest)).toContain(firstDuration(longest));
  });
});

describe('requests', () => {
  const all = [
    request('pending'),
    request('pending', true),
    request('approved', true),
    request('withdrawn'),
    request('expired'),
  ];
  it.each([
    ['all', 5],
    ['pending', 2],
    ['denied', 0],
    ['expired', 2],
  ] as const)('are filtered by state: %s', (filter, count) => {
    expect(filterRequests(all, filter)).toHaveLength(count);
  });

  it('wait for whoever may decide, while they are pending', () => {
    expect(waitingForMe(all)).toEqual([all[1]]);
  });
});
