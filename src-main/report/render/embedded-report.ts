import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Report } from '../model/report.ts';

/**
 * The model as a block of data, which no browser runs; no `<` in it, so that nothing in it can end the block, and no
 * character that HTML does not have.
 */
export function embeddedReport(report: Report): Element {
  const json = JSON.stringify(report).replaceAll(
    /[<\u007f-\u009f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return h('script', { type: 'application/json', id: 'lvslab-report' }, json);
}
