import type { Element, ElementContent } from 'hast';
import type { AlignType, BlockContent, ListItem, PhrasingContent, TableRow } from 'mdast';
import { inlines, isBlock, pictureLabel, plainText } from './inlines.ts';

/** Elements whose content stands for itself. */
const transparent = new Set(['main', 'section', 'article', 'div', 'header', 'footer', 'hgroup']);

/**
 * A report's page as Markdown's blocks: the same words in the same order. Pictures are told by their labels, since all that
 * is in them stands beside them as a table too; what is folded in the page is open here, but for what only
 * the page has.
 */
export function blocksOf(nodes: readonly ElementContent[]): BlockContent[] {
  const out: BlockContent[] = [];
  let line: ElementContent[] = [];
  const endLine = () => {
    out.push(...paragraph(inlines(line)));
    line = [];
  };
  for (const node of nodes) {
    if (node.type !== 'element' || !isBlock(node)) {
      line.push(node);
      continue;
    }
    endLine();
    out.push(...block(node));
  }
  endLine();
  return out;
}

function paragraph(children: PhrasingContent[]): BlockContent[] {
  return children.length === 0 ? [] : [{ type: 'paragraph', children }];
}

type Reader = (node: Element) => BlockContent[];

/** By element. Others are read by what is in them. */
const readers: Readonly<Record<string, Reader>> = {
  nav: () => [],
  hr: () => [{ type: 'thematicBreak' }],
  pre: (node) => [{ type: 'code', value: plainText(node).replace(/\n$/, '') }],
  blockquote: ({ children }) => [{ type: 'blockquote', children: blocksOf(children) }],
  ol: list,
  ul: list,
  dl: facts,
  table,
  figure,
  details: folded,
  summary: ({ children }) => strong(children),
  ...Object.fromEntries(([1, 2, 3, 4, 5, 6] as const).map((depth) => [`h${depth}`, heading(depth)])),
};

function block(node: Element): BlockContent[] {
  const read = readers[node.tagName];
  if (read) return read(node);
  return transparent.has(node.tagName) ? blocksOf(node.children) : paragraph(inlines(node.children));
}

function heading(depth: 1 | 2 | 3 | 4 | 5 | 6): Reader {
  return ({ children }) => [{ type: 'heading', depth, children: inlines(children) }];
}

function strong(children: readonly ElementContent[]): BlockContent[] {
  const words = inlines(children);
  return words.length === 0 ? [] : paragraph([{ type: 'strong', children: words }]);
}

/** What only the page has is left out; of what it has at length, the title stands here. */
function folded(node: Element): BlockContent[] {
  const { className } = node.properties;
  const kinds = Array.isArray(className) ? className : [];
  if (kinds.includes('only-page')) return [];
  if (!kinds.includes('titled')) return blocksOf(node.children);
  return elements(node, 'summary').flatMap(({ children }) => paragraph(inlines(children)));
}

function elements(node: Element, ...names: readonly string[]): Element[] {
  return node.children.filter(
    (child) => child.type === 'element' && names.includes(child.tagName),
  ) as Element[];
}

function list(node: Element): BlockContent[] {
  const items = elements(node, 'li').map((item): ListItem => ({
    type: 'listItem',
    spread: false,
    children: blocksOf(item.children),
  }));
  if (items.length === 0) return [];
  const start = Number(node.properties.start ?? 1);
  return [{ type: 'list', ordered: node.tagName === 'ol', start, spread: false, children: items }];
}

/** Names with what they stand for: a list of `**name**: value`. */
function facts(node: Element): BlockContent[] {
  const groups = [...elements(node, 'div'), ...(elements(node, 'dt').length > 0 ? [node] : [])];
  const items = groups.map((group): ListItem => {
    const name = elements(group, 'dt').flatMap(({ children }) => inlines(children));
    const value = elements(group, 'dd').flatMap(({ children }) => inlines(children));
    const children: PhrasingContent[] = [
      { type: 'strong', children: name },
      { type: 'text', value: ': ' },
      ...value,
    ];
    return { type: 'listItem', spread: false, children: paragraph(children) };
  });
  return items.length === 0 ? [] : [{ type: 'list', ordered: false, spread: false, children: items }];
}

/** The label of the picture, unless the caption says the same. */
function figure(node: Element): BlockContent[] {
  const captions = elements(node, 'figcaption').flatMap(({ children }) => inlines(children));
  const labels = elements(node, 'svg').map(pictureLabel).filter(Boolean);
  const rest = node.children.filter(
    (child) => child.type === 'element' && !['figcaption', 'svg'].includes(child.tagName),
  );
  const lines: PhrasingContent[][] = [
    ...labels.map((label) => inlines([{ type: 'text', value: label }])),
    captions,
  ];
  return [
    ...blocksOf(rest),
    ...lines.flatMap((line) => (line.length === 0 ? [] : paragraph([{ type: 'emphasis', children: line }]))),
  ];
}

function table(node: Element): BlockContent[] {
  const rows = [
    ...elements(node, 'tr'),
    ...elements(node, 'thead', 'tbody', 'tfoot').flatMap((part) => elements(part, 'tr')),
  ];
  const cells = rows.map((row) => elements(row, 'th', 'td'));
  const columns = cells[0] ?? [];
  if (columns.length === 0) return [];
  const children = cells.map((row): TableRow => ({
    type: 'tableRow',
    children: row.map((cell) => ({ type: 'tableCell', children: inlines(cell.children) })),
  }));
  return [
    ...elements(node, 'caption').flatMap((caption) => strong(caption.children)),
    { type: 'table', align: columns.map(alignment), children },
  ];
}

function alignment({ properties }: Element): AlignType {
  const { className } = properties;
  return Array.isArray(className) && className.includes('figures') ? 'right' : null;
}
