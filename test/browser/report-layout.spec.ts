import { expect, test } from '@playwright/test';
import { reportLanguages } from '../../src-main/contract/report.ts';
import { renderHtml } from '../../src-main/report/render/render-html.ts';
import { handmadeReport } from '../support/report-source.ts';

/** A4 between the report's margins, and what a table has on two screens. */
const widths = { paper: 658, narrow: 900, wide: 1400 } as const;

test.describe.configure({ mode: 'parallel' });

for (const language of reportLanguages)
  for (const [where, width] of Object.entries(widths))
    test(`breaks no word in a table and scrolls nowhere sideways: ${language}, ${where}`, async ({
      page,
    }) => {
      await page.emulateMedia({ media: where === 'paper' ? 'print' : 'screen' });
      await page.setViewportSize({ width, height: 900 });
      await page.setContent(renderHtml(await handmadeReport({ language })));
      if (where !== 'paper') await page.evaluate(unfoldAll);
      expect(await page.evaluate(brokenWords)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

const unfoldAll = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** Words of Latin letters and figures that stand in two lines of a cell, though nothing in them is a place to break. */
const brokenWords = `[...document.querySelectorAll('th, td')].flatMap((cell) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('.hash, .typed, pre')) continue;
    for (const { 0: word, index } of node.textContent.matchAll(/[A-Za-z0-9._:]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      if (new Set(boxes.map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  return broken;
})`;
