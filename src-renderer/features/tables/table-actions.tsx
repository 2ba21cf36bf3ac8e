import { ExternalLink, Link2, SquareTerminal } from 'lucide-react';
import type { ConsoleTarget } from '../../../src-shared/aws/console-page.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { linkTo } from '../../../src-shared/links/make-link.ts';
import { type Criteria, withoutValues } from '../../../src-shared/reading/criteria.ts';
import { planRead } from '../../../src-shared/reading/plan.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { consoleQuery } from '../console/console-query.ts';
import { launchConsole } from '../console/launch.ts';
import { openPartiql } from '../partiql/open-partiql.ts';
import { useSession } from '../workspace/session-context.tsx';
import { copy } from './copy-menu-items.tsx';
import { useCriteria, useTableWork } from './reading/table-work.ts';

/** Where else one can go with a table: to PartiQL, to the AWS console, or to somebody else by a link. */
export function TableActions({ table, details }: { table: string; details: TableDetails | undefined }) {
  const client = useClient();
  const { where, session, isOver } = useSession();
  const [criteria] = useCriteria(useTableWork(table));
  const link = { account: session.role.accountId, region: where.region, table, role: session.role.name };
  const isAsking = criteria.index !== undefined || criteria.keys.some(isGiven) || criteria.filter.parts.length > 0;
  const { request } = planRead(criteria, details ?? { key: [], indexes: [] });
  const query = isAsking && details && request ? consoleQuery(table, request, details) : undefined;
  const show = (target: ConsoleTarget) => void launchConsole(client, { ...session, region: where.region }, target);
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" variant="ghost" icon={Link2}>
          Open elsewhere
        </Button>
      }
    >
      <MenuItem icon={SquareTerminal} onSelect={() => openPartiql(client, where, table, details)}>
        Write PartiQL for this table
      </MenuItem>
      {!isOver && (
        <>
          <MenuSeparator />
          <MenuItem icon={ExternalLink} onSelect={() => show({ kind: 'table', table })}>
            Table in the AWS console
          </MenuItem>
          <MenuItem icon={ExternalLink} onSelect={() => show({ kind: 'items', table })}>
            Its items in the AWS console
          </MenuItem>
          {query && (
            <MenuItem
              icon={ExternalLink}
              unavailable={'reason' in query ? query.reason : undefined}
              onSelect={() => 'target' in query && show(query.target)}
            >
              This query in the AWS console
            </MenuItem>
          )}
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={Link2} onSelect={() => void copy(linkTo(link), `a link to ${table}`)}>
        Copy link to the table
      </MenuItem>
      {isAsking && (
        <>
          <MenuItem icon={Link2} onSelect={() => void copy(linkTo(link, criteria), 'a link to the query')}>
            Copy link to this query
          </MenuItem>
          <MenuItem
            icon={Link2}
            onSelect={() => void copy(linkTo(link, withoutValues(criteria)), 'a link to the query, without its values')}
          >
            Copy link to this query, without values
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function isGiven({ values }: Criteria['keys'][number]): boolean {
  return values.some((value) => value !== '');
}
