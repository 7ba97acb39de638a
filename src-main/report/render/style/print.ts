/**
 * On paper: always light, of what is long the title alone, all else unfolded, no row or picture cut, table heads on every
 * page.
 */
export const print = `
@page { margin: 20mm 18mm 22mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 15pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 18pt; line-height: 22pt; }
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
  details:not(.titled)::details-content { content-visibility: visible; height: auto; }
  details.titled > :not(summary), details.only-page, .off-paper { display: none; }
  summary { list-style: none; }
  a { color: inherit; text-decoration: none; }
  .notes a, footer a { text-decoration: underline; }
  .in-figures, .contents { display: none; }
  body > header { padding-bottom: 5pt; }
  .kind { margin: 0; }
  header .facts, header h1 { margin-top: 2pt; }
  header .facts > div { padding: 0; }
  .summary { margin-top: 6pt; }
  .summary h2 { padding-bottom: 3pt; }
  .summary h2 + * { margin-top: 5pt; }
  .summary h3 { font-size: 10.5pt; margin-top: 7pt; }
  .summary table { margin-top: 3pt; font-size: 8.5pt; line-height: 11pt; }
  .summary :is(th, td) { padding: 1.5pt 9pt 1.5pt 0; }
  .summary .why, .summary li { font-size: 8.5pt; line-height: 11pt; }
  .summary .badge { font-size: 8pt; line-height: 11pt; padding: 0 5pt; }
  .summary ul.verdicts li { font-size: 10pt; line-height: 14pt; margin-top: 3pt; }
  .summary .facts, .summary ul.verdicts + .facts { margin-top: 6pt; }
  .summary .facts > div { padding: 0; }
  .steps { columns: 2; column-gap: 18pt; }
  .tiles { gap: 9pt 27pt; }
  .tiles dd { font-size: 16pt; line-height: 20pt; }
  .pair { grid-template-columns: 1fr 1fr; }
}
`;
