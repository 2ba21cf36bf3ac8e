/** XML as S3 writes it. */

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as S3 writes it. Like S3, characters that XML cannot hold are written as references, which only lenient readers
 * take: that is what `encoding-type=url` is for.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] ?? '')
    .replace(
      /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      (one) => `&#x${one.codePointAt(0)?.toString(16)};`,
    );
}

/** An element with others in it. */
export function element(name: string, ...inner: readonly string[]): string {
  return `<${name}>${inner.join('')}</${name}>`;
}

/** An element with text; nothing at all when there is no text to write. */
export function leaf(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeText(String(value))}</${name}>`;
}

/** A whole answer. */
export function xmlDocument(root: string, ...inner: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${inner.join('')}</${root}>`;
}

/** A time as S3's XML has it, `2026-05-17T08:30:15.000Z`. */
export function xmlTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '.000Z');
}
