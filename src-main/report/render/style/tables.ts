/** Tables, facts, figures, and what machines said. */
export const tables = `
table { width: 100%; margin-top: 16px; border-collapse: collapse; font-size: 14px; line-height: 20px; }
table.narrow { width: auto; min-width: 50%; }
caption { text-align: left; font-weight: 600; padding-bottom: 8px; }
th, td { padding: 6px 16px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--ink-soft); font-weight: 400; border-bottom: 1px solid var(--line-strong); vertical-align: bottom; word-break: keep-all; }
tbody th { font-weight: 500; }
.figures { text-align: right; white-space: nowrap; }
thead th.long, .long, .long .badge { overflow-wrap: anywhere; white-space: normal; word-break: normal; }
.centred { text-align: center; }
.notes table { width: auto; }
td p:first-child { margin-top: 0; }
.claims td:first-child, .claims tbody th { width: 40%; }
.claims strong { font-weight: 600; }
.claims tbody th { font-weight: 400; }
.claims td:nth-child(2) { white-space: nowrap; }
.compared tbody th { font-weight: 400; color: var(--ink-soft); width: 22%; }
.compared thead th { color: var(--ink); font-weight: 600; }
ul.verdicts { list-style: none; padding: 0; font-size: 16px; }
ul.verdicts li { margin-top: 8px; }
ul.verdicts + .facts { margin-top: 24px; }
.summary h3 + ul { margin-top: 8px; }
strong.bad { color: var(--bad); }
.typed td:last-child { width: 80%; overflow-wrap: anywhere; }
ul.plain { list-style: none; padding: 0; }
.hash { font-size: 12px; overflow-wrap: anywhere; }
.facts { margin-top: 16px; }
.facts > div { display: grid; grid-template-columns: 176px minmax(0, 1fr); column-gap: 16px; padding: 2px 0; }
.facts dt { color: var(--ink-soft); }
.facts dd { max-width: 68ch; }
.facts + .facts { margin-top: 0; }
.tiles { display: flex; flex-wrap: wrap; gap: 16px 40px; margin-top: 24px; }
.tiles > div { display: flex; flex-direction: column-reverse; }
.tiles dd { font-size: 26px; line-height: 32px; font-weight: 500; letter-spacing: -0.01em; }
.tiles dt { color: var(--ink-soft); font-size: 14px; }
.tiles .bad dd { color: var(--bad); }
.tiles .good dd { color: var(--good); }
.badge { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; line-height: 20px; font-weight: 500; white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-soft); }
.badge.bad { color: var(--bad); background: var(--bad-soft); }
.badge.open { color: var(--warn); background: var(--warn-soft); }
.badge.plain { color: var(--ink-soft); background: var(--surface); }
figure { margin-top: 24px; }
figure svg { display: block; width: 100%; height: auto; max-width: 100%; }
figcaption { margin-top: 8px; color: var(--ink-soft); font-size: 14px; line-height: 20px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 0 32px; }
pre {
  margin-top: 8px; padding: 12px 16px; border-radius: 4px; background: var(--surface);
  font: 13px/20px var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4;
}
pre code { font-size: inherit; }
pre b { font-weight: 600; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--ink-soft); font-size: 14px; }
summary:hover { color: var(--accent); }
details[open] > summary { color: var(--ink); }
.steps { padding-left: 32px; margin-top: 8px; }
.steps li { margin-top: 4px; }
.steps li::marker { color: var(--ink-soft); }
.steps p { margin-top: 0; }
.steps details { margin-top: 0; }
.steps summary { color: var(--ink); font-size: inherit; }
.steps strong { font-weight: 600; }
.causes { list-style: none; padding: 0; margin-top: 16px; }
.causes li { padding: 8px 16px; border-left: 3px solid var(--bad); background: var(--bad-soft); }
.causes li + li { margin-top: 8px; }
.causes p { margin-top: 0; }
.remarks { padding-left: 24px; }
@media screen and (max-width: 720px) {
  .facts > div { grid-template-columns: 1fr; padding: 4px 0; }
  .badge { white-space: normal; }
  table { display: block; overflow-x: auto; }
}
`;
