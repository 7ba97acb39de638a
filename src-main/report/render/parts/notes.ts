import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { notesHtml } from '../markdown-notes.ts';
import type { PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';

/** What the report's writer has to say. */
export function notesSection(page: PageContext): Section {
  const { page: own } = page.words;
  const { notes } = page.report;
  return {
    id: 'notes',
    title: own.sections.notes,
    lead: h('div.notes', { dir: 'auto' }, raw(notesHtml(notes))),
  };
}

/** HTML as it is. hast-util-to-html knows it, with `allowDangerousHtml`; the types of hast do not. */
function raw(value: string): ElementContent {
  return { type: 'raw', value } as unknown as ElementContent;
}
