/**
 * Colours, as custom properties that pictures use too. Servers are told apart without red and green, and can be read as
 * text on the paper. Print is always light.
 */
export const colors = `
:root {
  color-scheme: light;
  --paper: #ffffff;
  --surface: #f6f7f9;
  --ink: #1b2430;
  --ink-soft: #52606d;
  --line: #dfe3e8;
  --line-strong: #9aa5b1;
  --accent: #1f5fbf;
  --accent-soft: #e7effb;
  --good: #0f7a55;
  --good-soft: #e6f4ee;
  --bad: #b3261e;
  --bad-soft: #fbeceb;
  --warn: #8a5800;
  --warn-soft: #fbf3e2;
  --server-1: #1f5fbf;
  --server-2: #b4510a;
  --server-3: #0f7a55;
  --server-4: #8a3ab9;
  --server-5: #00727f;
  --server-6: #a8316b;
  --server-7: #5c6b00;
  --server-8: #5b6673;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #14181f;
    --surface: #1c222b;
    --ink: #e6eaf0;
    --ink-soft: #a7b2bf;
    --line: #2f3844;
    --line-strong: #5d6b7c;
    --accent: #86b4f5;
    --accent-soft: #22314a;
    --good: #5fcf9f;
    --good-soft: #17332a;
    --bad: #ff9088;
    --bad-soft: #3d2220;
    --warn: #e8b452;
    --warn-soft: #362a14;
    --server-1: #86b4f5;
    --server-2: #f0a35e;
    --server-3: #5fcf9f;
    --server-4: #cf9bf0;
    --server-5: #55c9d6;
    --server-6: #f08fbd;
    --server-7: #c3cf5f;
    --server-8: #a7b2bf;
  }
}
`;
