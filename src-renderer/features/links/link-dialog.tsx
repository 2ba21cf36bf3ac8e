import { type ReactNode, useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { RolegateError as AnError, toErrorData } from '../../../src-shared/errors.ts';
import type { AppLink } from '../../../src-shared/links/link.ts';
import { criteriaIn } from '../../../src-shared/links/make-link.ts';
import { useAppState, useClient, useRead } from '../../bridge/react.tsx';
import { openTable } from '../../state/desks.ts';
import { goToSession } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { toastError } from '../shared/error-toast.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { criteriaWords } from '../tables/query/criteria-words.ts';
import { prepareTable } from '../tables/reading/table-work.ts';
import { type LinkRole, rolesFor } from './roles-for.ts';

/** A link from outside: where it leads, and with which role. Nothing is read before the person does so there. */
export function LinkDialog({ link }: { link: AppLink }) {
  const client = useClient();
  const sessions = useAppState((state) => state.appSessions);
  const apps = useRead('apps.list', {});
  const [chosen, choose] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<RolegateError>();
  const roles = rolesFor(link, sessions, apps.data ?? []);
  const role = roles.find(({ id }) => id === chosen) ?? roles[0];
  const filledIn = criteriaIn(link);
  const close = () => void client.act('links.close', {}).catch(toastError);

  const open = async (as: LinkRole) => {
    setBusy(true);
    setError(undefined);
    try {
      const session = as.session ?? (await client.act('appSessions.start', { app: as.app, roleArn: as.roleArn }));
      await goThere(session);
      close();
    } catch (thrown) {
      setError(thrown instanceof AnError ? thrown : AnError.fromData(toErrorData(thrown)));
      setBusy(false);
    }
  };
  const goThere = async ({ id, app, role: { arn }, region }: AppSession) => {
    if (region !== link.region) await client.act('appSessions.setRegion', { id, region: link.region });
    const where = { appSessionId: id, region: link.region };
    prepareTable(client, where, link.table, filledIn);
    openTable({ app, roleArn: arn, region: link.region }, link.table);
    goToSession(id);
  };

  return (
    <Dialog
      open
      onClose={close}
      title={filledIn ? 'Open a query from a link?' : 'Open a table from a link?'}
      description="Somebody made this link; a page or a message has led here. Nothing is read before you press the button beside the table’s query."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" busy={isBusy} disabled={!role} onClick={() => role && void open(role)}>
            Open {link.table}
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <Fact name="Table">{link.table}</Fact>
        <Fact name="Account">
          <span className="font-mono text-sm tabular">{link.account}</span>
        </Fact>
        <Fact name="Region">{link.region}</Fact>
        {filledIn && <Fact name="Query">{criteriaWords(filledIn)}</Fact>}
      </dl>
      {role ? (
        <Field label="As">
          {({ id }) => (
            <Select
              id={id}
              placeholder="IAM role"
              value={role.id}
              onChange={choose}
              options={roles.map(({ id: value, label, session }) => ({
                value,
                label,
                about: session ? 'running' : 'to be started',
              }))}
            />
          )}
        </Field>
      ) : apps.isPending ? null : (
        <Notice tone="warn">You have no IAM role in account {link.account}, so this link leads nowhere for you.</Notice>
      )}
      {error && <ErrorView inline error={error} />}
    </Dialog>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
