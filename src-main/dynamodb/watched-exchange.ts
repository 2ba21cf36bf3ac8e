import type { Pluggable } from '@aws-sdk/types';
import { rawExchange } from './raw-exchange.ts';
import { type AttemptsSeen, watchAttempts } from './watch-attempts.ts';

/** What one command has to use to send its own text, and what is to be seen of it afterwards. */
export interface WatchedExchange<Input extends object, Output extends object> {
  plugin: Pluggable<Input, Output>;
  /** The body of the last answer. */
  reply: () => string;
  attempts: () => AttemptsSeen;
}

/** Sends this text as the body of a command's request, keeps the answer's, and watches its attempts. */
export function watchedExchange<Input extends object, Output extends object>(
  body: string,
): WatchedExchange<Input, Output> {
  const attempts = watchAttempts<Input, Output>();
  const exchange = rawExchange<Input, Output>(body);
  return {
    plugin: {
      applyToStack(stack) {
        attempts.plugin.applyToStack(stack);
        exchange.plugin.applyToStack(stack);
      },
    },
    reply: exchange.reply,
    attempts: attempts.seen,
  };
}
