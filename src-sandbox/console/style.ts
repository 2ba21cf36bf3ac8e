/** The console's style sheet: light and dark as the system has it. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f3f4f6, #0f141c);
  --card: light-dark(#ffffff, #171e29);
  --line: light-dark(#d9dde3, #2b3442);
  --text: light-dark(#16191f, #e4e8ee);
  --quiet: light-dark(#545b64, #9aa5b4);
  --accent: light-dark(#0b6bcb, #6cb2ff);
  --good: light-dark(#1d7a3a, #5fcf86);
  --note: light-dark(#fff4d6, #33290c);
  --note-line: light-dark(#e3b23c, #7a5f16);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }

.bar {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 20px;
  min-height: 48px; padding: 6px 20px; background: #161d26; color: #f2f4f7;
}
.bar a, .bar summary, .bar button { color: inherit; text-decoration: none; font: inherit; }
.bar :focus-visible { outline-color: #9cc9ff; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 600; }
.corner { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 18px; }
.who { display: flex; flex-wrap: wrap; gap: 0 10px; }
.who .role { font-weight: 600; overflow-wrap: anywhere; }
.who .account { color: #b6c0cd; font-variant-numeric: tabular-nums; }
.bar button { padding: 3px 12px; border: 1px solid #56657a; border-radius: 14px; background: none; cursor: pointer; }
.bar button:hover { background: #2a3544; }

.regions { position: relative; }
.regions summary { cursor: pointer; padding: 3px 8px; border-radius: 4px; }
.regions summary:hover, .regions[open] summary { background: #2a3544; }
.regions ul {
  position: absolute; z-index: 1; top: 100%; right: 0; width: 190px; max-height: 60vh; margin: 6px 0 0; padding: 6px 0;
  overflow-y: auto; list-style: none; background: #1f2834; border: 1px solid #3b4858; border-radius: 8px;
}
.regions li a { display: block; padding: 4px 16px; }
.regions li a:hover { background: #2f3c4d; }
.regions li a[aria-current] { color: #9cc9ff; font-weight: 600; }

main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; }
.sandbox { margin: 0 0 24px; padding: 10px 14px; background: var(--note); border: 1px solid var(--note-line); border-radius: 8px; }
.heading { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 20px; margin-bottom: 12px; }
h1 { margin: 0; font-size: 22px; line-height: 1.25; }
.heading p { margin: 0; color: var(--quiet); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 9px 16px; text-align: left; font-weight: 400; white-space: nowrap; }
thead th { color: var(--quiet); font-size: 12px; font-weight: 600; border-bottom: 1px solid var(--line); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; }
td:nth-child(5) { white-space: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.status { color: var(--good); }
.status::before { content: ''; display: inline-block; width: 7px; height: 7px; margin-right: 7px; border-radius: 50%; background: currentcolor; }
.refused, .empty { padding: 28px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow-wrap: anywhere; }
.notice { max-width: 560px; padding-top: 12vh; }
.notice p { color: var(--quiet); }

@media (max-width: 640px) {
  .regions ul { right: auto; left: 0; }
}
`;

/** The console's icon: a gate in a sandbox. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#e3b23c"/><path d="M8 26V14a8 8 0 0 1 16 0v12h-4V14a4 4 0 0 0-8 0v12z" fill="#161d26"/></svg>
`;
