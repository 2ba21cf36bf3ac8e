import type { Reply } from '../http/reply.ts';
import { type ConsolePage, consoleRegions, hrefOf } from './destination.ts';
import { type Html, html } from './html.ts';
import type { TableList } from './tables.ts';

/** Where the page's style sheet and icon are. */
export const stylePath = '/console/style.css';
export const iconPath = '/console/icon.svg';
export const signOutPath = '/console/sign-out';

/** What the console shows to somebody who is signed in. */
export interface ConsoleView {
  page: ConsolePage;
  /** `<role>/<session>`. */
  who: string;
  accountId: string;
  tables: TableList;
  /** Regions with prepared tables, which come first in the list. */
  notableRegions: readonly string[];
}

/**
 * Headers of every page: it loads nothing but its own style sheet and icon, runs no script, sends forms only here
 * and stands in nobody's frame.
 */
const pageHeaders = [
  ['Content-Type', 'text/html; charset=utf-8'],
  [
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
] as const;

/** The console's page for somebody who is signed in. */
export function consolePage(view: ConsoleView): Reply {
  const { page, tables } = view;
  const content = html`
    <main>
      <p class="sandbox">This is the console of Rolegate's <strong>sandbox</strong>: an AWS account inside the app,
        with demo data. Nothing here is on the internet.</p>
      <header class="heading">
        <h1>DynamoDB tables</h1>
        <p>${tables.kind === 'tables' ? countOf(tables.tables.length) : 'No access'} in ${page.region}</p>
      </header>
      ${tableList(view)}
    </main>`;
  return reply(200, 'DynamoDB', topBar(view), content);
}

/** A page with something to say to somebody who is not signed in, or no longer. */
export function noticePage(status: number, title: string, sentence: string): Reply {
  const content = html`
    <main class="notice">
      <h1>${title}</h1>
      <p>${sentence}</p>
      <p>In Rolegate, choose a role and launch the console again.</p>
    </main>`;
  return reply(status, title, html``, content);
}

function reply(status: number, title: string, corner: Html, content: Html): Reply {
  const document = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Sandbox console</title>
    <link rel="icon" type="image/svg+xml" href="${iconPath}">
    <link rel="stylesheet" href="${stylePath}">
  </head>
  <body>
    <nav class="bar" aria-label="Console">
      <a class="brand" href="/console/home"><img src="${iconPath}" alt="" width="20" height="20">Sandbox console</a>
      ${corner}
    </nav>
    ${content}
  </body>
</html>
`;
  return { status, headers: pageHeaders, body: document.source };
}

function topBar({ page, who, accountId, notableRegions }: ConsoleView): Html {
  const others = consoleRegions.filter((region) => !notableRegions.includes(region));
  return html`<div class="corner">
        <details class="regions">
          <summary aria-label="Region: ${page.region}">${page.region}</summary>
          <ul>${[...notableRegions, ...others].map((region) => regionLink(page, region))}</ul>
        </details>
        <span class="who"><span class="role">${who}</span> <span class="account">Account ${grouped(accountId)}</span></span>
        <form method="post" action="${signOutPath}"><button type="submit">Sign out</button></form>
      </div>`;
}

function regionLink(page: ConsolePage, region: string): Html {
  const href = hrefOf({ ...page, region });
  return region === page.region
    ? html`<li><a href="${href}" aria-current="true">${region}</a></li>`
    : html`<li><a href="${href}">${region}</a></li>`;
}

function tableList({ page, tables }: ConsoleView): Html {
  if (tables.kind === 'refused') return html`<p class="refused">${tables.reason}</p>`;
  if (tables.tables.length === 0) return html`<p class="empty">There are no tables in ${page.region}.</p>`;
  return html`<div class="scroll"><table>
        <thead><tr><th>Name</th><th>Status</th><th>Partition key</th><th>Sort key</th><th>Indexes</th><th class="number">Items</th></tr></thead>
        <tbody>${tables.tables.map(
          (table) => html`
          <tr><th scope="row">${table.name}</th><td><span class="status">${table.status}</span></td><td>${table.partitionKey}</td><td>${table.sortKey}</td><td>${table.indexes}</td><td class="number">${table.items}</td></tr>`,
        )}
        </tbody>
      </table></div>`;
}

function countOf(tables: number): string {
  return tables === 1 ? '1 table' : `${tables} tables`;
}

/** An account number as AWS's console writes it: `1234-5678-9000`. */
function grouped(accountId: string): string {
  return accountId.replace(/(?<=\d)(?=(?:\d{4})+$)/g, '-');
}
