import type { JobScope } from '../../src-shared/contracts/jobs.ts';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { parseLink } from '../../src-shared/links/link.ts';
import { type Criteria, emptyCriteria } from '../../src-shared/reading/criteria.ts';
import { criteria as criteriaSchema } from '../../src-shared/reading/criteria-schema.ts';
import { planRead } from '../../src-shared/reading/plan.ts';

/** What a command asks of a table; everything when it asks nothing. */
export interface Asked {
  index?: string;
  key?: readonly [name: string, value: string][];
  link?: string;
}

/**
 * What to read: the same plan as the window's query bar makes.
 *
 * @throws RolegateError `bad_input` for what the table does not have, and for what cannot be read as it is asked
 */
export function scopeOf(asked: Asked, details: TableDetails): JobScope {
  const criteria = criteriaOf(asked, details);
  const { request, problems, notes, operation } = planRead(criteria, details);
  if (!request) throw new RolegateError('bad_input', problems[0]?.message ?? 'This cannot be read.');
  if ((asked.key?.length ?? 0) > 0 && operation === 'Scan') {
    throw new RolegateError('bad_input', notes[0] ?? 'These keys do not narrow the read.', {
      hint: 'Give the whole partition key, or read everything without --key.',
    });
  }
  const isAll = request.operation === 'Scan' && !request.filter && !request.index && request.projection.length === 0;
  return isAll ? { of: 'table' } : { of: 'query', request };
}

function criteriaOf({ index, key = [], link }: Asked, details: TableDetails): Criteria {
  const query = link === undefined ? undefined : parseLink(link).query;
  if (query !== undefined) {
    if (index === undefined && key.length === 0) return criteriaSchema.parse(JSON.parse(query));
    throw new RolegateError('bad_input', 'A link to a query says what to read; --index and --key do not go with it.');
  }
  const known = index === undefined ? details : details.indexes.find(({ name }) => name === index);
  if (!known) {
    throw new RolegateError('not_found', `${details.name} has no index ${index}.`, {
      hint: `It has: ${details.indexes.map(({ name }) => name).join(', ') || 'none'}.`,
    });
  }
  for (const [name] of key) {
    if (known.key.some((part) => part.name === name)) continue;
    throw new RolegateError('bad_input', `${name} is not in the key of ${index ?? details.name}.`, {
      hint: `Its key is ${known.key.map((part) => part.name).join(', ')}.`,
    });
  }
  return {
    ...emptyCriteria(),
    ...(index !== undefined && { index }),
    keys: key.map(([name, value]) => ({ name, operator: '=', values: [value, ''] })),
  };
}
