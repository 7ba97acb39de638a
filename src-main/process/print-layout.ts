import type { ReportLanguage } from '../contract/report.ts';

// How a report lies on paper, whichever Chromium prints it: one of this host, or Electron's.

/** In millimetres. */
export const margins = { top: 18, bottom: 20, left: 18, right: 18 };

/** Without one, Chromium writes the date and the title of the page. */
export const headerTemplate = '<span></span>';

/** Title and page numbers: Chromium fills in what has these classes. */
export function footerTemplate(language: ReportLanguage): string {
  const style =
    'width:100%;margin:0 18mm;display:flex;justify-content:space-between;gap:8mm;font:8px sans-serif;color:#5b6470';
  const title = 'overflow:hidden;white-space:nowrap;text-overflow:ellipsis';
  return `<div lang="${language}" style="${style}"><span class="title" style="${title}"></span><span><span class="pageNumber"></span>&thinsp;/&thinsp;<span class="totalPages"></span></span></div>`;
}
