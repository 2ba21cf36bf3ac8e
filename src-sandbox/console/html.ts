import { escapeMarkup } from '../http/markup.ts';

/** Text that is HTML already and may stand in a page as it is. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Content = string | number | Html | readonly Content[];

/**
 * HTML from a template. What is put into it is escaped, unless it is {@link Html} itself; a list is put in piece
 * by piece.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const pieces = strings.map((text, index) => text + sourceOf(contents[index] ?? ''));
  return new Html(pieces.join(''));
}

function sourceOf(content: Content): string {
  if (content instanceof Html) return content.source;
  if (typeof content === 'object') return content.map(sourceOf).join('');
  return escapeMarkup(String(content));
}
