import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';

/** What can stand in an element. */
export type Content = ElementContent | string | null | readonly Content[];

type Node = ElementContent | string;

export function flat(content: Content): Node[] {
  if (content === null) return [];
  return Array.isArray(content) ? content.flatMap(flat) : [content as Node];
}

/** A column of a table: figures stand at the right, so that their places are below each other. */
export interface Column {
  readonly title: Content;
  readonly figures?: boolean;
}

export interface TableOptions {
  /** What is in it, for those who do not see it beside its heading. */
  readonly label: string;
  readonly caption?: Content;
  /** The first cell of each row names the row. */
  readonly named?: boolean;
  readonly kind?: string;
}

/** A table whose head is repeated on each printed page. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
  { label, caption = null, named = true, kind = '' }: TableOptions,
): Element {
  const classOf = (index: number) => (columns[index]?.figures ? 'figures' : '');
  const cell = (tag: 'th' | 'td', scope: 'row' | 'col' | null, content: Content, index: number) => {
    const nodes = flat(content);
    const kinds = [classOf(index), hasLongWords(nodes) ? 'long' : ''].filter(Boolean);
    return h(tag, { scope, class: kinds.length > 0 ? kinds : null }, ...nodes);
  };
  const inRow = (content: Content, index: number) =>
    index === 0 && named ? cell('th', 'row', content, index) : cell('td', null, content, index);
  return h(
    'table',
    { class: kind || null, ariaLabel: caption === null ? label : null },
    ...(caption === null ? [] : [h('caption', ...flat(caption))]),
    h(
      'thead',
      h(
        'tr',
        columns.map(({ title }, index) => cell('th', 'col', title, index)),
      ),
    ),
    h(
      'tbody',
      rows.map((row) => h('tr', row.map(inRow))),
    ),
  );
}

/** Columns break no words; but what is longer than any word would widen the page, so that such a cell may. */
function hasLongWords(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (typeof node === 'string') return longWord.test(node);
    if (node.type === 'text') return longWord.test(node.value);
    return node.type === 'element' && hasLongWords(node.children);
  });
}

const longWord = /\S{40}/;

/** Facts beside their names; those without a value are left out. */
export function facts(rows: readonly (readonly [string, Content])[]): Element {
  return h(
    'dl.facts',
    rows
      .filter(([, value]) => flat(value).length > 0)
      .map(([name, value]) => h('div', h('dt', name), h('dd', ...flat(value)))),
  );
}

/** Figures in a row, each above what it counts. */
export function tiles(
  rows: readonly (readonly [value: string, what: string, kind?: string | undefined])[],
): Element {
  return h(
    'dl.tiles',
    rows.map(([value, what, kind]) => h('div', { class: kind ?? null }, h('dt', what), h('dd', value))),
  );
}

/** A picture, and below it what it shows. */
export function figure(picture: Element | null, caption: Content): Element | null {
  return picture && h('figure', picture, h('figcaption', ...flat(caption)));
}

/** What is long and looked into at need; in print it is open. */
export function folded(title: Content, ...content: readonly Content[]): Element {
  return details('', title, content);
}

/** Of what is long, paper and Markdown have the title alone: the rest is in the page. */
export function titled(title: Content, ...content: readonly Content[]): Element {
  return details('titled', title, content);
}

/** The same, unfolded in the page. */
export function titledOpen(title: Content, ...content: readonly Content[]): Element {
  const element = titled(title, ...content);
  return { ...element, properties: { ...element.properties, open: true } };
}

/** What only those look into who have the page itself: neither paper nor Markdown has it. */
export function onlyInPage(title: Content, ...content: readonly Content[]): Element {
  return details('only-page', title, content);
}

function details(kind: string, title: Content, content: readonly Content[]): Element {
  return h('details', { class: kind || null }, h('summary', ...flat(title)), h('div', ...flat(content)));
}

/** What a picture beside it shows already, as a table: paper has the picture alone. */
export function inFigures(title: Content, ...content: readonly Content[]): Element {
  return details('in-figures', title, content);
}

/** What a machine was told, or said: as it is. */
export function terminal(...content: readonly Content[]): Element {
  return h('pre', { translate: 'no', dir: 'ltr' }, h('code', ...flat(content)));
}

/** What is typed or read letter by letter. A MAC and a path may go on in the next line at a place of their own. */
export function code(text: string): Element {
  return h('code', { translate: 'no' }, ...breakable(text));
}

const mac = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

function breakable(text: string): Node[] {
  if (mac.test(text)) return [text.slice(0, 9), h('wbr'), text.slice(9)];
  const parts = /[/=,]\S{8}/.test(text) ? text.split(/(?<=[/=,])(?=[^\d\s])/) : [text];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [h('wbr'), part]));
}

/** An outcome, told by a mark, its word and its colour. */
export function badge(kind: 'good' | 'bad' | 'open' | 'plain', word: string): Element {
  return h('span', { class: ['badge', kind] }, word);
}

/** HTML as it is. hast-util-to-html knows it, with `allowDangerousHtml`; the types of hast do not. */
export function raw(value: string): ElementContent {
  return { type: 'raw', value } as unknown as ElementContent;
}

/** Contents with something between them. */
export function joined(items: readonly Content[], between: string): Content {
  return items.flatMap((item, index) => (index === 0 ? [item] : [between, item]));
}

/** What there is to read where there is nothing to show. */
export function empty(words: string): Element {
  return h('p.empty', words);
}
