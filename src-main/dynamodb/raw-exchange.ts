import { Readable } from 'node:stream';
import type { Pluggable } from '@aws-sdk/types';

/** One exchange with DynamoDB, as text on both ways. */
export interface RawExchange<Input extends object, Output extends object> {
  plugin: Pluggable<Input, Output>;
  /** The body of the last answer, whether it was good or an error; empty before there is one. */
  reply: () => string;
}

/**
 * Sends this text as the body of a command's request and keeps the text of the answer. Between them the SDK copies
 * maps name by name, and so loses an attribute that is called `__proto__`, both ways. DynamoDB JSON text loses
 * nothing, and need not be written again to be shown.
 */
export function rawExchange<Input extends object, Output extends object>(body: string): RawExchange<Input, Output> {
  let reply = '';
  return {
    reply: () => reply,
    plugin: {
      applyToStack: (stack) => {
        stack.add(
          (next) => (args) => {
            (args.request as { body: string }).body = body;
            return next(args);
          },
          // Behind the SDK's own serializer, before the length of the body is measured.
          { step: 'serialize', priority: 'low', name: 'rawRequest' },
        );
        stack.add(
          (next) => async (args) => {
            const result = await next(args);
            const response = result.response as { body?: unknown };
            const bytes = await collected(response.body);
            reply = bytes.toString('utf8');
            response.body = Readable.from([bytes]);
            return result;
          },
          // Before the SDK's own deserializer sees it.
          { step: 'deserialize', priority: 'low', name: 'rawReply' },
        );
      },
    },
  };
}

async function collected(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A JSON object of plain fields and of fields that are JSON text already. */
export function jsonObject(fields: Readonly<Record<string, unknown>>, texts: Readonly<Record<string, string>>): string {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
    ...Object.entries(texts).map(([name, text]) => `${JSON.stringify(name)}:${text}`),
  ];
  return `{${parts.join(',')}}`;
}
