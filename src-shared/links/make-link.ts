import type { Criteria } from '../reading/criteria.ts';
import { criteria } from '../reading/criteria-schema.ts';
import { toBase64Url } from './base64url.ts';
import type { AppLink } from './link.ts';

/** Makes a link. @param filledIn the query bar's, where the link is to a query */
export function linkTo(link: Omit<AppLink, 'query'>, filledIn?: Criteria): string {
  const { account, region, table, role } = link;
  const parameters = new URLSearchParams({ account, region, table });
  if (role !== undefined) parameters.set('role', role);
  if (filledIn) parameters.set('query', toBase64Url(JSON.stringify(filledIn)));
  return `rolegate://open?${parameters}`;
}

/** What a link fills in. @returns undefined for a link to a table only */
export function criteriaIn({ query }: Pick<AppLink, 'query'>): Criteria | undefined {
  return query === undefined ? undefined : criteria.parse(JSON.parse(query));
}
