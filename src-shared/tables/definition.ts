import type { IndexDefinition, TableDefinition } from '../contracts/table-management.ts';
import type { KeyAttribute, TableDetails } from '../contracts/tables.ts';

/** What keeps a table from being made, and where in its definition. */
export interface DefinitionProblem {
  where: string;
  message: string;
}

const namePattern = /^[a-zA-Z0-9_.-]{3,255}$/;
const mostLocal = 5;
const mostGlobal = 20;

/** What DynamoDB would refuse of a definition, before it is asked. Source: Developer Guide, "Constraints". */
export function definitionProblems(definition: TableDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const add = (where: string, message: string) => problems.push({ where, message });
  if (!namePattern.test(definition.name)) {
    add('name', 'A name has 3 to 255 letters, digits, dots, dashes and underscores.');
  }
  for (const message of keyProblems(definition.key, 1)) add('key', message);
  const types = new Map(definition.key.map(({ name, type }) => [name, type]));
  const names = new Set<string>();
  definition.indexes.forEach((index, place) => {
    const where = `index ${place}`;
    for (const message of indexProblems(index, definition.key)) add(where, message);
    if (names.has(index.name)) add(where, `There are two indexes called ${index.name}.`);
    names.add(index.name);
    for (const { name, type } of index.key) {
      const other = types.get(name);
      if (other !== undefined && other !== type)
        add(where, `${name} is ${other} elsewhere; it cannot be ${type} here.`);
      types.set(name, type);
    }
  });
  const local = definition.indexes.filter(({ kind }) => kind === 'LSI').length;
  if (local > mostLocal) add('indexes', `A table takes ${mostLocal} local indexes.`);
  if (definition.indexes.length - local > mostGlobal) add('indexes', `A table takes ${mostGlobal} global indexes.`);
  return problems;
}

/** What DynamoDB would refuse of an index of a table with this key. */
export function indexProblems(index: IndexDefinition, tableKey: readonly { name: string; role: string }[]): string[] {
  const problems = keyProblems(index.key, index.kind === 'GSI' ? 4 : 1);
  if (!namePattern.test(index.name))
    problems.unshift('An index needs a name of 3 to 255 letters, digits, dots and dashes.');
  if (index.kind === 'LSI') {
    const partition = tableKey.find(({ role }) => role === 'HASH')?.name;
    if (index.key[0]?.name !== partition) problems.push('A local index has the partition key of its table.');
    if (!index.key.some(({ role }) => role === 'RANGE')) problems.push('A local index needs a sort key of its own.');
    if (!tableKey.some(({ role }) => role === 'RANGE'))
      problems.push('A table without a sort key has no local indexes.');
  }
  if (index.projection === 'INCLUDE' && index.projectedAttributes.length === 0) {
    problems.push('Name the attributes to project, or choose another projection.');
  }
  return problems;
}

function keyProblems(key: readonly { name: string; role: string }[], most: number): string[] {
  const problems: string[] = [];
  const hash = key.filter(({ role }) => role === 'HASH').length;
  if (hash === 0) problems.push('A key needs a partition attribute.');
  if (hash > most || key.length - hash > most)
    problems.push(`A key takes ${most} partition and ${most} sort attributes.`);
  if (key.some(({ name }) => name === '')) problems.push('Each attribute of the key needs a name.');
  if (new Set(key.map(({ name }) => name)).size < key.length) problems.push('An attribute is in the key twice.');
  return problems;
}

/** The definition of a table like this one, without its items and its tags. */
export function definitionLike(details: TableDetails, name: string): TableDefinition {
  const { throughput } = details;
  return {
    name,
    key: details.key.map(knownType),
    indexes: details.indexes.map(({ name, kind, key, projection, projectedAttributes }) => ({
      name,
      kind,
      key: key.map(knownType),
      projection: projection === 'KEYS_ONLY' || projection === 'INCLUDE' ? projection : 'ALL',
      projectedAttributes,
    })),
    billing: throughput ? { mode: 'provisioned', ...throughput } : { mode: 'on-demand' },
    ...(details.streamView !== undefined && { stream: details.streamView as NonNullable<TableDefinition['stream']> }),
    ...(details.tableClass === 'STANDARD_INFREQUENT_ACCESS' && { tableClass: details.tableClass }),
    deletionProtection: details.deletionProtection,
    tags: [],
  };
}

function knownType({ name, type, role }: KeyAttribute): TableDefinition['key'][number] {
  return { name, role, type: type === '?' ? 'S' : type };
}
