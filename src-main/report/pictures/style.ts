const servers = Array.from(
  { length: 8 },
  (_, place) => `.of-${place + 1} { --colour: var(--server-${place + 1}); }`,
);

/** What pictures look like: their colours are the page's custom properties, so that dark, light and print follow. */
export const pictureStyle = `
.picture { --colour: var(--ink-soft); font: 11px var(--sans); fill: none; }
.picture text { fill: var(--ink); direction: ltr; unicode-bidi: isolate; font-variant-numeric: tabular-nums lining-nums; white-space: pre; }
.picture :is(.soft, .tick, .nic) { fill: var(--ink-soft); font-size: 10.5px; }
.picture .mono { font-family: var(--mono); font-size: 10.5px; }
.picture .name { font-size: 12.5px; font-weight: 600; }
.picture .strong { font-weight: 600; }
.picture .end-x { text-anchor: end; }
${servers.map((rule) => `.picture ${rule}`).join('\n')}
.topology .rail { fill: var(--line-strong); opacity: 0.55; }
.topology .cable path, .topology .cable line { stroke: var(--line-strong); stroke-width: 1.6; stroke-linejoin: round; }
.topology .out path { stroke-dasharray: 3 3; }
.topology .port { fill: var(--paper); stroke: var(--line-strong); stroke-width: 1.6; }
.topology .nic { font-family: var(--mono); font-size: 9.5px; }
.topology .card { fill: var(--paper); stroke: var(--line-strong); }
.topology .director .card { stroke: var(--accent); stroke-width: 1.6; }
.topology .band { fill: var(--colour); }
.picture .icon { stroke: var(--colour); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.picture .director .icon { stroke: var(--accent); }
.topology .machine .name { font-size: 13.5px; }
.topology text.out { fill: var(--ink-soft); font-style: italic; font-size: 10.5px; }
.topology rect.vip { fill: var(--accent-soft); stroke: var(--accent); }
.topology rect.quiet { fill: none; stroke-dasharray: 3 2.5; }
.topology .vip-words { fill: var(--accent); font: 600 10px var(--mono); }
.ladder .life { stroke: var(--line-strong); stroke-opacity: 0.6; }
.ladder .head { fill: var(--surface); stroke: var(--line-strong); }
.ladder .rule { stroke: var(--line); }
.ladder .request { --way: var(--accent); }
.ladder .reply { --way: var(--good); }
.ladder .lost { --way: var(--bad); }
.ladder .way { stroke: var(--way); stroke-width: 1.6; }
.ladder .tunnel { stroke: var(--way); stroke-width: 7; stroke-opacity: 0.22; stroke-linecap: round; }
.ladder .lost .way { stroke-dasharray: 4 3; }
.ladder .tip { fill: var(--way); }
.ladder .cross { stroke: var(--way); stroke-width: 2; }
.ladder .label { font-size: 10.5px; stroke: var(--paper); stroke-width: 3.5; stroke-linejoin: round; paint-order: stroke; }
.ladder :is(.value, .owner) { font: 9.5px var(--mono); }
.ladder .owner, .ladder .what { fill: var(--ink-soft); font-size: 9.5px; }
.ladder .bad { fill: var(--bad); }
.chart .bar, .chart .sign, .chart .dot { fill: var(--colour); }
.chart .sign-words { fill: var(--paper); font: 600 11px var(--mono); }
.chart .main { --colour: var(--accent); }
.chart .second { --colour: var(--good); }
.chart .wrong { --colour: var(--bad); }
.chart .back { fill: var(--surface); }
.chart .grid { stroke: var(--line); }
.chart .axis { stroke: var(--line-strong); }
.chart .due { stroke: var(--paper); stroke-width: 5; }
.chart .due-mark { stroke: var(--ink); stroke-width: 2; }
.chart .rank { stroke: var(--ink); stroke-dasharray: 2 2; }
.chart .span { stroke: var(--colour); stroke-width: 2; }
.chart .halo { stroke: var(--paper); stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }
.chart .cell-failed { stroke: var(--bad); stroke-width: 1.2; }
.chart .failed-words { fill: var(--bad); font: 600 11px var(--mono); }
.chart .round { fill: var(--paper); stroke: var(--ink); stroke-width: 1.2; }
.chart .cell-words { fill: var(--paper); font: 600 11px var(--mono); }
`;
