import type { Element } from 'hast';
import { h } from 'hastscript';
import { bytes } from '../../words/numbers.ts';
import { code, empty, inFigures, table } from '../elements.ts';
import { message, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';

/** What a reader would look for, and does not find. */
export function notMeasuredSection(page: PageContext): Section {
  const { page: own } = page.words;
  const { notMeasured } = page.report;
  return {
    id: 'not-measured',
    title: own.sections['not-measured'],
    lead:
      notMeasured.length === 0
        ? empty(own.empty['not-measured'])
        : [
            h('p', own.notMeasured),
            h(
              'ul',
              notMeasured.map((one) => h('li', message(one, page))),
            ),
          ],
  };
}

/** The files that the figures are computed from, with their hashes. */
export function filesSection(page: PageContext): Section {
  const { page: own } = page.words;
  return {
    id: 'files',
    title: own.sections.files,
    lead: [
      h('p', own.files.lead),
      inFigures(
        own.files.file,
        table(
          [{ title: own.files.file }, { title: own.files.size, figures: true }, { title: own.files.sha256 }],
          page.report.attachments.map(({ file, bytes: size, sha256 }) => [
            code(file),
            bytes(size),
            h('code.hash', { translate: 'no' }, sha256),
          ]),
          { label: own.sections.files },
        ),
      ),
    ],
  };
}

/** Who made it, and how it is checked. */
export function colophon(page: PageContext): Element {
  const { product } = page.report;
  const { page: own } = page.words;
  return h(
    'footer',
    h('p', own.colophon(product.name, product.version), ' ', own.inUtc),
    h('p', own.verify, ' ', code('lvslab report verify FILE')),
    h('p', own.verifies),
  );
}
