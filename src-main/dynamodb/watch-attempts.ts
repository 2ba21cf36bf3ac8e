import type { Pluggable } from '@aws-sdk/types';

/** What was seen of a request's attempts: the SDK sends again by itself, and nobody would know. */
export interface AttemptsSeen {
  retries: number;
  /** DynamoDB's own reasons (`TableReadProvisionedThroughputExceeded`), or else the error's name. */
  throttling: string[];
}

/** Watches the attempts of one command, whose middleware stack is to use the plugin. */
export function watchAttempts<Input extends object, Output extends object>(): {
  plugin: Pluggable<Input, Output>;
  seen: () => AttemptsSeen;
} {
  let attempts = 0;
  const reasons = new Set<string>();
  return {
    plugin: {
      applyToStack: (stack) =>
        stack.add(
          (next) => async (args) => {
            attempts++;
            try {
              return await next(args);
            } catch (error) {
              for (const reason of throttlingOf(error)) reasons.add(reason);
              throw error;
            }
          },
          // Inside the SDK's own retry, which has the priority `high`.
          { step: 'finalizeRequest', priority: 'low', name: 'watchAttempts' },
        ),
    },
    seen: () => ({ retries: Math.max(0, attempts - 1), throttling: [...reasons] }),
  };
}

const throttlingNames = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Why an error says that DynamoDB was asked too much; nothing when it says something else. */
export function throttlingOf(error: unknown): string[] {
  const { name = '', ThrottlingReasons: reasons } = error as {
    name?: string;
    ThrottlingReasons?: { reason?: string; resource?: string }[];
  };
  if (!throttlingNames.has(name)) return [];
  const named = (reasons ?? []).map(({ reason }) => reason).filter((reason) => reason !== undefined);
  return named.length > 0 ? named : [name];
}
