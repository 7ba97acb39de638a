import { h } from 'hastscript';
import { raw } from '../elements.ts';
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
