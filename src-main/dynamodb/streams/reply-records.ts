import type { StreamEvent } from '../../../src-shared/contracts/streams.ts';
import { JsonReader } from '../../../src-shared/values/json-reader.ts';

/** An event with its place in its shard. */
export interface StreamRecord {
  event: StreamEvent;
  sequence: string;
}

/** What GetRecords answered. */
export interface ReplyRecords {
  records: StreamRecord[];
  /** Where to read on; absent once the shard is closed and has been read to its end. */
  next?: string;
}

/**
 * Finds the records in the body of GetRecords' answer. Their items stay the text that DynamoDB sent: the SDK's own
 * reading would lose an attribute that is called `__proto__`.
 *
 * @throws JsonTextError when it is not JSON
 */
export function replyRecords(body: string): ReplyRecords {
  const found: ReplyRecords = { records: [] };
  const reader = new JsonReader(body);
  reader.object((name) => {
    if (name === 'NextShardIterator' && reader.peek() === '"') found.next = reader.string();
    else if (name === 'Records' && reader.peek() === '[') {
      reader.array(() => {
        const record = toRecord(reader);
        if (record) found.records.push(record);
      });
    } else reader.skipValue();
  });
  return found;
}

const kinds: readonly string[] = ['INSERT', 'MODIFY', 'REMOVE'] satisfies StreamEvent['kind'][];

/** A record, unless it is one of a kind that DynamoDB may think of later. */
function toRecord(reader: JsonReader): StreamRecord | undefined {
  const fields = textsOf(reader);
  const data = textsOf(new JsonReader(fields.get('dynamodb') ?? '{}'));
  const user = textsOf(new JsonReader(fields.get('userIdentity') ?? '{}'));
  const kind = plain(fields.get('eventName'));
  if (!kinds.includes(kind)) return undefined;
  const sequence = plain(data.get('SequenceNumber'));
  const [oldImage, newImage] = [data.get('OldImage'), data.get('NewImage')];
  return {
    sequence,
    event: {
      id: plain(fields.get('eventID')) || sequence,
      kind: kind as StreamEvent['kind'],
      at: Math.round(Number(data.get('ApproximateCreationDateTime') ?? 0) * 1000),
      keys: data.get('Keys') ?? '{}',
      ...(oldImage !== undefined && { oldImage }),
      ...(newImage !== undefined && { newImage }),
      // Source: "DynamoDB Streams and Time to Live" of the developer guide.
      isExpiry: /^dynamodb\./.test(plain(user.get('PrincipalId') ?? user.get('principalId'))),
    },
  };
}

/** The fields of an object, each as its text. */
function textsOf(reader: JsonReader): Map<string, string> {
  const texts = new Map<string, string>();
  reader.object((name) => texts.set(name, reader.raw()));
  return texts;
}

/** The text in a JSON string; empty for anything else. */
function plain(text: string | undefined): string {
  return text?.startsWith('"') ? new JsonReader(text).string() : '';
}
