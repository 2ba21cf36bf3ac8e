import { JsonReader } from '../../src-shared/values/json-reader.ts';

/** The items in an answer of DynamoDB, each as the text that DynamoDB sent. */
export interface ReplyItems {
  items: string[];
  lastEvaluatedKey?: string;
  /** Why each write of a transaction was not made; its item where the condition failed. */
  reasons: (string | undefined)[];
}

/**
 * Finds the items in the body of an answer: those of Query and Scan, the one of GetItem or of a failed condition, and
 * those of a cancelled transaction.
 *
 * @throws JsonTextError when it is not JSON
 */
export function replyItems(body: string): ReplyItems {
  const found: ReplyItems = { items: [], reasons: [] };
  const reader = new JsonReader(body);
  reader.object((name) => {
    if (name === 'Items' && reader.peek() === '[') reader.array(() => found.items.push(reader.raw()));
    else if (name === 'Item' && reader.peek() === '{') found.items.push(reader.raw());
    else if (name === 'LastEvaluatedKey' && reader.peek() === '{') found.lastEvaluatedKey = reader.raw();
    else if (name === 'CancellationReasons' && reader.peek() === '[') {
      reader.array(() => found.reasons.push(replyItems(reader.raw()).items[0]));
    } else reader.skipValue();
  });
  return found;
}
