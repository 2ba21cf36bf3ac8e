import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { useState } from 'react';
import type { MatrixRow } from '../../../src-shared/contracts/admin-api.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatClock } from '../shared/format.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import { ExplainPanel, type Question } from './explain-panel.tsx';
import { Loaded, Section } from './section.tsx';

const columns: Column<MatrixRow>[] = [
  { label: 'User', width: 'w-24 shrink-0', look: 'font-medium', cell: ({ user }) => user },
  { label: 'App', width: 'hidden w-16 shrink-0 @md/table:block', look: 'text-muted', cell: ({ app }) => app },
  {
    label: 'IAM role',
    width: 'min-w-0 flex-1',
    cell: ({ roleArn, isPattern }) => (
      <span title={roleArn}>{isPattern ? roleArn : roleArn.slice(roleArn.indexOf(':role/') + 6)}</span>
    ),
  },
  { label: 'By role', width: 'hidden w-30 shrink-0 @xl/table:block', look: 'text-muted', cell: ({ role }) => role },
  {
    label: '',
    width: 'hidden w-30 shrink-0 @md/table:block',
    cell: ({ readOnly, isPattern, lock, until }) => (
      <span className="flex gap-1">
        {lock !== undefined && <Chip tone="bad">locked</Chip>}
        {readOnly && <Chip tone="accent">read-only</Chip>}
        {isPattern && <Chip>pattern</Chip>}
        {until !== undefined && <Chip tone="warn">until {formatClock(until)}</Chip>}
      </span>
    ),
  },
];

const keyOf = ({ user, app, roleArn }: Question) => JSON.stringify([user, app, roleArn]);
const searched = ({ user, app, roleArn, role }: MatrixRow) => `${user} ${app} ${roleArn} ${role}`;

/** More than anybody goes through by hand; the command line prints them all. */
const maxRows = 50_000;

/** Who may assume what, and why; or why not. */
export function MatrixSection() {
  const client = useClient();
  const matrix = useQuery<{ rows: MatrixRow[]; isCut: boolean }, RolegateError>({
    queryKey: ['access.matrix'],
    queryFn: () => readMatrix(client),
    staleTime: 0,
  });
  const [question, setQuestion] = useState<Question>({ user: '', app: '', roleArn: '' });
  return (
    <Section
      title="Who may assume what"
      about="Every IAM role that somebody may use, through which app, and the role that allows it."
    >
      <div className="flex min-h-0 flex-1 gap-6">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
          <Loaded query={matrix}>
            {({ rows, isCut }) => (
              <>
                {isCut && (
                  <Notice>
                    These are the first {maxRows}. <span className="font-mono text-sm">rolegate access matrix</span>{' '}
                    prints all.
                  </Notice>
                )}
                <AdminTable
                  label="Access"
                  noun="line"
                  rows={rows}
                  columns={columns}
                  rowKey={keyOf}
                  searched={searched}
                  isSelected={(row) => keyOf(row) === keyOf(question)}
                  onOpen={({ user, app, roleArn, isPattern }) =>
                    setQuestion({ user, app, roleArn: isPattern ? '' : roleArn })
                  }
                  empty={
                    <EmptyState icon={Grid3x3} title="Nobody may assume anything yet">
                      A role with <span className="font-mono text-sm">app_labels</span> and{' '}
                      <span className="font-mono text-sm">aws_role_arns</span>, given to a user, makes the first line.
                    </EmptyState>
                  }
                />
              </>
            )}
          </Loaded>
        </div>
        <ExplainPanel key={keyOf(question)} initial={question} />
      </div>
    </Section>
  );
}

async function readMatrix(client: RolegateClient): Promise<{ rows: MatrixRow[]; isCut: boolean }> {
  const rows: MatrixRow[] = [];
  let after: string | undefined;
  do {
    const page = await client.read('access.matrix', after === undefined ? {} : { after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < maxRows);
  return { rows: rows.slice(0, maxRows), isCut: after !== undefined };
}
