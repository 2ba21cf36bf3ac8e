import type { Criteria, GroupDraft } from '../../../../src-shared/reading/criteria.ts';

/** What a query asks, in one line: `by-status · Status = "PAID", Total > 10`. Values that are not known are dots. */
export function criteriaWords({ index, keys, filter }: Criteria): string {
  const keyWords = keys
    .filter(({ values }) => values.length > 0)
    .map(({ name, operator, values }) => `${name} ${operator} ${valueWords(values)}`);
  const parts = [...keyWords, ...(filter.parts.length > 0 ? [groupWords(filter)] : [])];
  const words = parts.length === 0 ? 'everything' : parts.join(', ');
  return index === undefined ? words : `${index} · ${words}`;
}

function groupWords({ join, parts }: GroupDraft): string {
  return parts
    .map((part) => {
      if (part.kind === 'group') return `(${groupWords(part)})`;
      const { path, of, operator, values } = part;
      const name = of === 'size' ? `size of ${path}` : path;
      const isAlone = operator === 'exists' || operator === 'not_exists';
      return `${name} ${operator.replaceAll('_', ' ')}${isAlone ? '' : ` ${valueWords(values)}`}`;
    })
    .join(` ${join} `);
}

function valueWords(values: readonly string[]): string {
  const given = values.filter((value) => value !== '');
  return given.length === 0 ? '…' : given.map((value) => JSON.stringify(value)).join(' and ');
}
