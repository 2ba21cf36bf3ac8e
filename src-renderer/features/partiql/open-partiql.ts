import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { firstStatement } from '../../../src-shared/partiql/names.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { go } from '../../state/place.ts';
import { partiqlWork } from './partiql-work.ts';

/**
 * Goes to the PartiQL editor with a statement about a table to begin with. What stands in the editor already stays,
 * above it; nothing is run.
 */
export function openPartiql(
  client: RolegateClient,
  where: { appSessionId: string; region: string },
  table: string,
  details: TableDetails | undefined,
): void {
  const partition = (details?.key ?? []).filter(({ role }) => role === 'HASH').map(({ name }) => name);
  const statement = firstStatement(table, partition);
  const { draft } = partiqlWork(client, where);
  const before = draft.getState().text.trim();
  const text = before === '' || before === statement ? statement : `${before.replace(/;?$/, ';')}\n\n${statement}`;
  draft.setState({ text, place: text.length, mode: 'statement' });
  go({ page: 'session', sessionId: where.appSessionId, view: 'partiql' });
}
