import type { PartiqlMode, PartiqlStatement } from '../contracts/partiql.ts';
import type { TableDetails } from '../contracts/tables.ts';
import type { TypedAs } from '../reading/criteria.ts';
import { typedValue } from '../reading/typed-value.ts';
import { classifyTokens, type StatementKind } from './classify.ts';
import { readsAll } from './reads-all.ts';
import { partiqlLimits, type Statement, statementAt, statementsOf } from './statements.ts';

/** A value for a `?`, as a person types it. */
export interface ParameterDraft {
  type: TypedAs;
  text: string;
}

/** What a person has filled in. */
export interface PartiqlDraft {
  text: string;
  mode: PartiqlMode;
  /** Where the cursor is: alone, the statement there is run. */
  place: number;
  /** By statement, in order. */
  parameters: readonly (readonly ParameterDraft[])[];
}

/** What pressing the button would do. */
export interface PartiqlPlan {
  /** What would run, and where it stands among all statements. */
  chosen: readonly { statement: Statement; kind: StatementKind; at: number }[];
  /** What would be sent; undefined while something is missing. */
  request: readonly PartiqlStatement[] | undefined;
  isReading: boolean;
  /** Those that would read a whole table or index. */
  scans: readonly { table: string; index?: string | undefined; isKnown: boolean }[];
  problems: readonly string[];
}

export const emptyParameter: ParameterDraft = { type: 'S', text: '' };

/**
 * Says what would run, and what is wrong with it. Pure.
 *
 * @param detailsOf what is known of a table
 */
export function planPartiql(
  draft: PartiqlDraft,
  detailsOf: (table: string) => Pick<TableDetails, 'key' | 'indexes'> | undefined,
): PartiqlPlan {
  const all = statementsOf(draft.text);
  const wanted = draft.mode === 'statement' ? [statementAt(all, draft.place)].filter((one) => one !== undefined) : all;
  const chosen = wanted.map((statement) => ({
    statement,
    kind: classifyTokens(statement.tokens),
    at: all.indexOf(statement),
  }));
  const problems = [...shapeProblems(draft.mode, chosen)];
  const request = chosen.map(({ statement, at }) => {
    const parameters: string[] = [];
    for (let place = 0; place < statement.parameters; place++) {
      const { type, text } = draft.parameters[at]?.[place] ?? emptyParameter;
      const value = typedValue(type, text);
      if ('text' in value) parameters.push(value.text);
      else problems.push(`${parameterName(at, place, all.length)}: ${value.problem}`);
    }
    return { text: statement.text, parameters };
  });
  return {
    chosen,
    request: problems.length === 0 && request.length > 0 ? request : undefined,
    isReading: chosen.every(({ kind }) => kind.isReading),
    scans: chosen.flatMap(({ statement, kind: { table, index } }) => {
      const details = table === undefined ? undefined : detailsOf(table);
      const isScan = readsAll(statement.tokens, details ?? { key: [], indexes: [] });
      return isScan && table !== undefined ? [{ table, index, isKnown: details !== undefined }] : [];
    }),
    problems,
  };
}

/** What a parameter is called on the screen. */
export function parameterName(statement: number, place: number, statements: number): string {
  return statements > 1 ? `Statement ${statement + 1}, parameter ${place + 1}` : `Parameter ${place + 1}`;
}

function shapeProblems(mode: PartiqlMode, chosen: PartiqlPlan['chosen']): string[] {
  const problems = chosen
    .filter(({ statement }) => statement.text.length > partiqlLimits.characters)
    .map(({ at }) => `Statement ${at + 1} is longer than 8,192 characters.`);
  for (const { kind, at } of chosen) {
    if (kind.verb === 'unknown') {
      problems.push(`Statement ${at + 1} does not begin with SELECT, INSERT, UPDATE or DELETE.`);
    }
  }
  if (mode === 'statement') return problems;
  const most = partiqlLimits[mode];
  if (chosen.length > most) problems.push(`A ${mode} takes ${most} statements at most; these are ${chosen.length}.`);
  const reading = chosen.filter(({ kind }) => kind.isReading).length;
  if (reading > 0 && reading < chosen.length) {
    problems.push(`A ${mode} reads or writes; it cannot do both.`);
  }
  return problems;
}
