import { createHash } from 'node:crypto';

/** The few pages that a browser sees of the service, without scripts and without anything from elsewhere. */

const style = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;
font:15px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}main{max-width:32rem;padding:2rem;text-align:center}
h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:.25rem 0;opacity:.8}
button{font:inherit;padding:.5rem 1rem;margin-top:1rem;cursor:pointer}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Headers of every such page: nothing is loaded, framed, kept or sent along. @param more what its policy allows beside */
const headersFor = (more: string) => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'${more}`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

export const pageHeaders = headersFor('');
/** Of a page with a script of the service's own, which talks to the service. */
export const scriptedPageHeaders = headersFor("; script-src 'self'; connect-src 'self'");

/** @param onward where the browser goes on to at once */
export function page(title: string, lines: readonly string[], onward?: string): string {
  const refresh = onward === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(onward)}">`;
  const link = onward === undefined ? '' : `<p><a href="${escaped(onward)}">Go on</a></p>`;
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return html(title, `${paragraphs}${link}`, { head: refresh });
}

/** @param inner HTML below the heading @param main attributes of the page's main part, as HTML */
export function html(title: string, inner: string, { head = '', main = '' } = {}): string {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}` +
    `<title>${escaped(title)}</title><style>${style}</style><main${main}><h1>${escaped(title)}</h1>${inner}</main></html>\n`
  );
}

/** Text as it may stand in HTML and in its attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
