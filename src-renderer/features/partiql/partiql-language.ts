import { type CompletionContext, type CompletionResult, insertCompletionText } from '@codemirror/autocomplete';
import { SQLDialect } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { type CompletionSource, completionsAt } from '../../../src-shared/partiql/completions.ts';

/** Source: DynamoDB Developer Guide, the PartiQL statements, functions and operators. */
const dialect = SQLDialect.define({
  keywords:
    'select from where and or not in between is null missing true false order by asc desc insert into value update ' +
    'set remove delete returning all old new modified exists',
  builtin: 'attribute_type begins_with contains list_append set_add set_delete size',
  types: '',
  operatorChars: '=<>!+-|',
  specialVar: '?',
});

const kinds = {
  keyword: 'keyword',
  function: 'function',
  table: 'class',
  index: 'class',
  attribute: 'property',
} as const;

/** PartiQL for the editor: its colours, and what could stand at the cursor. */
export function partiqlLanguage(source: () => CompletionSource): Extension {
  return [
    dialect.extension,
    dialect.language.data.of({
      autocomplete: ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
        const found = completionsAt(state.doc.toString(), pos, source());
        if (!found || (found.from === pos && !explicit && !/["., ]$/.test(state.sliceDoc(0, pos)))) return null;
        // A space alone opens nothing but the list of tables: all else would be in the way of whoever types.
        const isPlain = found.options.every(({ kind }) => kind === 'table' || kind === 'index');
        if (found.from === pos && !explicit && !isPlain) return null;
        return {
          from: found.from,
          filter: true,
          options: found.options.map(({ text, label, kind, about }) => ({
            // What is typed may begin with the quote that belongs there.
            label: state.sliceDoc(found.from, found.from + 1) === '"' ? text : label,
            displayLabel: label,
            apply: (view: EditorView, _: unknown, from: number, to: number) => {
              // The quote that was closed by itself belongs to the name.
              const closes = text.endsWith('"') && view.state.sliceDoc(to, to + 1) === '"' ? 1 : 0;
              view.dispatch(insertCompletionText(view.state, text, from, to + closes));
            },
            type: kinds[kind],
            boost: kind === 'attribute' ? 2 : kind === 'keyword' ? 1 : 0,
            ...(about !== undefined && { detail: about }),
          })),
        };
      },
    }),
  ];
}
