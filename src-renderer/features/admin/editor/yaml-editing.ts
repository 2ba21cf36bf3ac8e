import { yaml } from '@codemirror/lang-yaml';
import { type Diagnostic, linter } from '@codemirror/lint';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import type { DocumentProblem } from '../../../../src-shared/contracts/review-api.ts';

/** Brings the cursor to a place of the text. */
export interface EditorHandle {
  goTo: (line: number, column: number) => void;
}

export interface YamlEditing {
  /** Finds what is wrong with a text. Called a moment after each change. */
  check: (text: string) => Promise<readonly DocumentProblem[]>;
  /** Told how to reach the editor, once it is there. */
  onHandle: (handle: EditorHandle) => void;
}

/** Long enough to finish a word. */
const delay = 350;

/** YAML that is checked as one types. */
export function yamlEditing({ check, onHandle }: YamlEditing): Extension {
  return [
    yaml(),
    linter(async (view) => (await check(view.state.doc.toString())).map((one) => toDiagnostic(one, view.state.doc)), {
      delay,
    }),
    handling(onHandle),
    look,
  ];
}

/** YAML to look at. */
export function yamlReading(): Extension {
  return [yaml(), EditorState.readOnly.of(true), EditorView.editable.of(false), look];
}

function handling(onHandle: YamlEditing['onHandle']): Extension {
  return ViewPlugin.define((view) => {
    onHandle({
      goTo(line, column) {
        view.dispatch({ selection: { anchor: offsetOf(view.state.doc, line, column) }, scrollIntoView: true });
        view.focus();
      },
    });
    return {};
  });
}

/** From where the problem stands to the end of its line, or of its word. */
function toDiagnostic({ line, column, message }: DocumentProblem, text: Text): Diagnostic {
  const from = offsetOf(text, line, column);
  const rest = text.lineAt(from).text.slice(from - text.lineAt(from).from);
  const word = /^[^\s:,[\]{}]+/.exec(rest)?.[0] ?? rest;
  return { from, to: from + word.length, severity: 'error', message };
}

/** While one types, the text may have grown shorter than what was checked. */
function offsetOf(text: Text, line: number, column: number): number {
  const found = text.line(Math.min(Math.max(line, 1), text.lines));
  return Math.min(found.from + column - 1, found.to);
}

// CodeMirror draws its marks with pictures in style sheets, which the page's policy does not load.
const look = EditorView.theme({
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-active': { backgroundColor: 'var(--bad-soft)' },
  '.cm-diagnostic': { padding: '6px 10px', maxWidth: '32rem' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
});
