/** On paper: always light, nothing folded but the checks of steps, no row or picture cut, table heads on every page. */
export const print = `
@page { margin: 20mm 18mm 22mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 15pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 24pt; line-height: 30pt; }
  h2 { font-size: 16pt; line-height: 20pt; }
  h3 { font-size: 12pt; line-height: 15pt; }
  h4 { font-size: 10pt; line-height: 15pt; margin-top: 18pt; }
  table, .why, figcaption, .tiles dt, summary { font-size: 9pt; line-height: 13pt; }
  .badge { font-size: 8.5pt; line-height: 13pt; }
  pre { font-size: 8pt; line-height: 12pt; padding: 6pt 9pt; }
  section { margin-top: 36pt; }
  article { margin-top: 24pt; }
  article + article { padding-top: 24pt; }
  h1, h2, h3, h4, caption, .act, summary { break-after: avoid; }
  tr, figure, .tiles, .facts > div, .note, .causes li, .steps .title, svg { break-inside: avoid; }
  thead { display: table-header-group; }
  p, li { orphans: 3; widows: 3; }
  pre { break-inside: auto; orphans: 3; widows: 3; }
  details:not(.folded)::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; }
  a { color: inherit; text-decoration: none; }
  .notes a, footer a { text-decoration: underline; }
  .in-figures { display: none; }
  .tiles { gap: 9pt 27pt; }
  .tiles dd { font-size: 16pt; line-height: 20pt; }
  .pair { grid-template-columns: 1fr 1fr; }
}
`;
