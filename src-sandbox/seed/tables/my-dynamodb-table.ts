import type { SeedTable } from '../table.ts';
import { bool, type Item, n, s, ss } from '../values.ts';

/** The table of the seeds' examples: a small one, as people make it on their first day. */
export const myDynamoDbTable: SeedTable = {
  name: 'my-dynamodb-table',
  key: ['id:S'],
  tags: { owner: 'alice' },
  items: () => notes.map(noteItem),
};

const notes = [
  ['Buy coffee filters', 'home'],
  ['Renew the passport before March', 'travel'],
  ['Ask Bob about the backup of the wiki', 'work'],
  ['Book the ferry to Saint-Pierre', 'travel'],
  ['Rotate the staging certificates', 'work', 'urgent'],
  ['Return the drill to Yasmin', 'home'],
  ['Read the paper on consistent hashing', 'work', 'reading'],
  ['Water the tomatoes', 'home', 'garden'],
  ['Write the post-mortem of 12 October', 'work', 'urgent'],
  ['Try boto3 with this table', 'work'],
  ['Call the dentist', 'health'],
  ['Plan the canoe trip: maps, food, permits', 'travel', 'friends'],
] as const;

function noteItem([title, ...labels]: readonly string[], index: number): Item {
  return {
    id: s(`note-${String(index + 1).padStart(3, '0')}`),
    title: s(title ?? ''),
    labels: ss(...labels),
    done: bool(index % 3 === 0),
    position: n(index + 1),
    created_at: n(1_790_000_000 + index * 86_400),
  };
}
