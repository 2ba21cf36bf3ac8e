import { JsonReader } from '../../src-shared/values/json-reader.ts';

/** What stands in the answer to PartiQL, items as the text that DynamoDB sent. */
export interface PartiqlReply {
  /** Of one statement. */
  items: string[];
  nextToken?: string;
  /** Of several: one for each. */
  responses: { item?: string; error?: { code: string; message: string } }[];
}

/**
 * Reads the body of an answer to ExecuteStatement, BatchExecuteStatement or ExecuteTransaction.
 *
 * @throws JsonTextError when it is not JSON
 */
export function partiqlReply(body: string): PartiqlReply {
  const found: PartiqlReply = { items: [], responses: [] };
  const reader = new JsonReader(body);
  reader.object((name) => {
    if (name === 'Items' && reader.peek() === '[') reader.array(() => found.items.push(reader.raw()));
    else if (name === 'NextToken' && reader.peek() === '"') found.nextToken = reader.string();
    else if (name === 'Responses' && reader.peek() === '[') {
      reader.array(() => found.responses.push(responseIn(reader.raw())));
    } else reader.skipValue();
  });
  return found;
}

function responseIn(text: string): PartiqlReply['responses'][number] {
  const response: PartiqlReply['responses'][number] = {};
  if (!text.startsWith('{')) return response;
  const reader = new JsonReader(text);
  reader.object((name) => {
    if (name === 'Item' && reader.peek() === '{') response.item = reader.raw();
    else if (name === 'Error' && reader.peek() === '{') response.error = errorIn(reader.raw());
    else reader.skipValue();
  });
  return response;
}

function errorIn(text: string): { code: string; message: string } {
  const error = { code: 'Unknown', message: 'DynamoDB did not say why.' };
  const reader = new JsonReader(text);
  reader.object((name) => {
    if (name === 'Code' && reader.peek() === '"') error.code = reader.string();
    else if (name === 'Message' && reader.peek() === '"') error.message = reader.string();
    else reader.skipValue();
  });
  return error;
}
