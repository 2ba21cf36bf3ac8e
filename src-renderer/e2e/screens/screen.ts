import type { Page } from '@playwright/test';
import type { Visit } from '../fixtures.ts';

/** A screen in one of its states: how to get there. */
export interface Screen extends Visit {
  name: string;
  /** What to do there before it is looked at; ends by waiting for what it led to. */
  steps?: (page: Page) => Promise<unknown>;
}

/** Somebody who is logged in, and has a session with the example role. */
export const session = 'scene=alice,session';
