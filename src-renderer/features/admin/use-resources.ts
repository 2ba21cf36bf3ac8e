import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ResourceInfo } from '../../../src-shared/contracts/admin-api.ts';
import type { CallName } from '../../../src-shared/contracts/call-names.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import type { RolegateClient } from '../../bridge/client.ts';
import { useClient } from '../../bridge/react.tsx';

const readName = 'resources.show';

/** All resources of some kinds, without their secrets. */
export function useResources(kinds: readonly string[]): UseQueryResult<ResourceInfo[], RolegateError> {
  const client = useClient();
  return useQuery<ResourceInfo[], RolegateError>({
    queryKey: [readName, ...kinds],
    queryFn: async () => (await Promise.all(kinds.map((kind) => readAll(client, kind)))).flat(),
    enabled: kinds.length > 0,
    // Others administer too; whoever comes back to a list sees what is there now.
    staleTime: 0,
  });
}

async function readAll(client: RolegateClient, kind: string): Promise<ResourceInfo[]> {
  const all: ResourceInfo[] = [];
  let after: string | undefined;
  do {
    const page = await client.read(readName, after === undefined ? { kind } : { kind, after });
    all.push(...page.resources);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** What a change of resources, locks or sessions can change on the screen. */
const changeable: ReadonlySet<CallName> = new Set<CallName>([
  readName,
  'access.own',
  'access.matrix',
  'access.explain',
  'logins.list',
  'apps.list',
]);

/** Reads anew, after a change, whatever it can have changed. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    () => queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => changeable.has(name as CallName) }),
    [queries],
  );
}

/** The name of a resource. */
export const nameOf = ({ document }: ResourceInfo): string => String(document.metadata['name']);
