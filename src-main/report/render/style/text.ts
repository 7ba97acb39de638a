/** The page and its text: one column, with the contents beside it where there is room. */
export const text = `
:root {
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif;
  --mono: ui-monospace, 'SFMono-Regular', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace;
}
:root:lang(zh-CN) {
  --sans: system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif;
  --mono: ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace;
}
:root:lang(ja) {
  --sans: system-ui, -apple-system, 'Segoe UI', 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif;
  --mono: ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', 'Noto Sans CJK JP', monospace;
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 16px; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto;
  padding: 64px 32px 96px;
  max-width: 960px;
  background: var(--paper);
  color: var(--ink);
  font: 15px/24px var(--sans);
  font-variant-numeric: tabular-nums lining-nums;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre, table { margin: 0; }
h1, h2, h3, h4 { line-height: 1.3; text-wrap: balance; letter-spacing: -0.01em; }
:lang(zh-CN) :is(h1, h2, h3, h4), :lang(ja) :is(h1, h2, h3, h4) { letter-spacing: 0; }
h1 { font-size: 36px; line-height: 48px; font-weight: 650; max-width: 24em; }
h2 { font-size: 24px; line-height: 32px; font-weight: 600; }
h3 { font-size: 18px; line-height: 24px; font-weight: 600; }
h4 { font-size: 15px; line-height: 24px; font-weight: 600; margin-top: 32px; }
p { margin-top: 8px; max-width: 68ch; text-wrap: pretty; }
h4 + p { margin-top: 4px; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 3px; }
a:not(:hover) { text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code { font-family: var(--mono); font-size: 0.88em; }
body > header { padding-bottom: 32px; border-bottom: 1px solid var(--line); }
.kind { color: var(--ink-soft); margin: 0 0 8px; }
header .facts { margin-top: 24px; }
section { margin-top: 64px; }
section > h2 { padding-bottom: 8px; border-bottom: 2px solid var(--ink); }
section > h2 .number { color: var(--ink-soft); font-weight: 400; margin-right: 8px; }
section > h2 + * { margin-top: 24px; }
section > h3 { margin-top: 32px; }
article { margin-top: 40px; }
article + article { padding-top: 40px; border-top: 1px solid var(--line); }
.compact article, .compact article + article { margin-top: 24px; padding-top: 0; border: 0; }
.compact h3 { font-size: 15px; }
.act { color: var(--ink-soft); margin-top: 4px; }
.why, .soft { color: var(--ink-soft); }
.why { margin-top: 0; font-size: 14px; }
.empty { color: var(--ink-soft); font-style: italic; }
:lang(zh-CN) .empty, :lang(ja) .empty { font-style: normal; }
.note { padding: 8px 16px; border-left: 3px solid var(--warn); background: var(--warn-soft); margin-top: 16px; }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--ink-soft); font-size: 14px; }
.contents { margin-top: 32px; }
.contents h2 { font-size: 15px; line-height: 24px; }
.contents ol { list-style: none; padding: 0; }
.contents > ol { margin-top: 8px; counter-reset: part; columns: 2; column-gap: 48px; }
.contents > ol > li { counter-increment: part; break-inside: avoid; padding-left: 32px; margin-bottom: 8px; position: relative; }
.contents > ol > li::before { content: counter(part); position: absolute; left: 0; color: var(--ink-soft); }
.contents a { text-decoration: none; color: inherit; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
.contents ol ol { font-size: 14px; color: var(--ink-soft); }
.notes > * + * { margin-top: 16px; }
.notes :is(ul, ol) { padding-left: 24px; }
.notes blockquote { margin: 16px 0; padding-left: 16px; border-left: 3px solid var(--line-strong); color: var(--ink-soft); }
@media screen and (min-width: 1200px) {
  body { max-width: 1248px; padding-left: 336px; position: relative; }
  .contents {
    position: fixed; top: 0; bottom: 0; width: 256px; margin: 0 0 0 -304px; padding: 64px 24px 32px 0;
    overflow-y: auto; border-right: 1px solid var(--line); font-size: 14px;
  }
  .contents > ol { columns: 1; }
  .contents ol ol { font-size: 13px; line-height: 20px; }
}
/* Above the text there is room for its parts alone: the summary is what is read first. */
@media screen and (max-width: 1199px) {
  .contents ol ol { display: none; }
  .contents > ol > li { margin-bottom: 0; }
}
@media screen and (max-width: 720px) {
  body { padding: 32px 16px 64px; }
  h1 { font-size: 28px; line-height: 36px; }
  .contents > ol { columns: 1; }
}
`;
