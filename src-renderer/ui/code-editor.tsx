import { acceptCompletion, autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers, placeholder, tooltips } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useLayoutEffect, useRef } from 'react';

export interface CodeEditorProps {
  /** What it is, for screen readers. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The language and whatever else belongs to the text. Read once, when the editor is made. */
  extensions: Extension;
  /** Ctrl or ⌘ and Enter. */
  onRun?: () => void;
  /** Where the cursor is, in characters from the beginning. */
  onPlace?: (place: number) => void;
  hint?: string;
  className?: string;
}

/**
 * A text of code, in colours, with completion. It lives in a shadow root, because CodeMirror makes its styles at run
 * time: there they are adopted sheets, which the page's policy (no inline style) lets be. Load it lazily.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, extensions, hint, className } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is taken from `latest`.
  useLayoutEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open', delegatesFocus: true });
    const view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({ doc: value, extensions: [...basics(label, hint), extensions, following(latest)] }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);
  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);
  return <div ref={host} className={className} />;
}

/** Tells of every change, and runs. */
function following(latest: { readonly current: CodeEditorProps }): Extension {
  return [
    EditorView.updateListener.of((update) => {
      const { onChange, onPlace, value } = latest.current;
      const text = update.state.doc.toString();
      if (update.docChanged && text !== value) onChange(text);
      if (update.selectionSet || update.docChanged) onPlace?.(update.state.selection.main.head);
    }),
    // In front of the usual keys, of which one makes a line with it.
    keymap.of([{ key: 'Mod-Enter', run: () => runLatest(latest) }]),
  ];
}

function runLatest({ current: { onRun } }: { readonly current: CodeEditorProps }): boolean {
  onRun?.();
  return onRun !== undefined;
}

function basics(label: string, hint: string | undefined): Extension[] {
  return [
    lineNumbers(),
    history(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    tooltips({ position: 'fixed' }),
    // Tab takes a completion; otherwise it leads on, as everywhere on the page.
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      { key: 'Mod-Enter', run: () => false },
    ]),
    keymap.of([
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter' && key !== 'Ctrl-k'),
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocorrect: 'off' }),
    ...(hint === undefined ? [] : [placeholder(hint)]),
    syntaxHighlighting(colours),
    theme,
  ];
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--code-word)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-name)' },
  { tag: [tags.standard(tags.name), tags.typeName], color: 'var(--code-name)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono, ui-monospace, Menlo, monospace)', lineHeight: '1.25rem' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.25rem', padding: '0 8px 0 4px' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--faint)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', color: 'inherit' },
  '& ::selection, & .cm-line::selection': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: 'none',
    borderRadius: '8px',
    boxShadow: 'var(--shadow-pop)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', padding: '4px', maxHeight: '14rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', borderRadius: '4px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)', marginLeft: '1rem' },
});
