import reserved from './data/reserved-words.json' with { type: 'json' };

const reservedWords: ReadonlySet<string> = new Set(reserved.words);

/** Whether DynamoDB keeps a word for itself, in any case. */
export function isReserved(word: string): boolean {
  return reservedWords.has(word.toUpperCase());
}

/** The name of an attribute as it can stand in a statement: in double quotes where it needs them. */
export function partiqlName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isReserved(name) ? name : quotedName(name);
}

/** A name in double quotes, as a table's always is. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Where a person begins: all of a table by its partition key. */
export function firstStatement(table: string, partitionKey: readonly string[]): string {
  const conditions = partitionKey.map((name) => `${partiqlName(name)} = ?`);
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`;
  return `SELECT *\nFROM ${quotedName(table)}${where}`;
}
