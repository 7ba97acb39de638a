import type { Element, ElementContent } from 'hast';
import type { PhrasingContent } from 'mdast';
import { collapsed, withoutControls } from './text.ts';

/** Elements that begin a line of their own. */
const blocks = new Set([
  ...[
    'p',
    'div',
    'section',
    'article',
    'header',
    'footer',
    'main',
    'figure',
    'figcaption',
    'details',
    'summary',
  ],
  ...[
    'table',
    'dl',
    'dt',
    'dd',
    'ol',
    'ul',
    'li',
    'pre',
    'hr',
    'nav',
    'blockquote',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
  ],
]);

export function isBlock(node: ElementContent): boolean {
  return node.type === 'element' && blocks.has(node.tagName);
}

/** What stands within a line. Blocks in it, as in a table's cell, are told one after the other. */
export function inlines(nodes: readonly ElementContent[]): PhrasingContent[] {
  return trimmed(merged(nodes.flatMap(inline)));
}

function inline(node: ElementContent): PhrasingContent[] {
  if (node.type === 'text') return [{ type: 'text', value: collapsed(node.value) }];
  return node.type === 'element' ? element(node) : [];
}

type Reader = (node: Element) => PhrasingContent[];

/** By element. Others are read by what is in them. */
const readers: Readonly<Record<string, Reader>> = {
  code: (node) => inlineCode(plainText(node)),
  strong: wrap('strong'),
  b: wrap('strong'),
  em: wrap('emphasis'),
  i: wrap('emphasis'),
  del: wrap('delete'),
  s: wrap('delete'),
  a: link,
  br: () => [{ type: 'text', value: ' ' }],
  svg: (node) => wrapped('emphasis', [{ type: 'text', value: pictureLabel(node) }]),
  style: () => [],
  script: () => [],
};

function element(node: Element): PhrasingContent[] {
  const read = isBadge(node) ? wrap('emphasis') : readers[node.tagName];
  if (read) return read(node);
  return isBlock(node) ? [separator, ...inlines(node.children), separator] : node.children.flatMap(inline);
}

/** An outcome, which the page sets off by its colour. */
function isBadge({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes('badge');
}

/** Between two blocks in one line; none at its ends, and one where there are several. Free of meaning in Unicode. */
const separator: PhrasingContent = { type: 'text', value: '\ue000' };

function inlineCode(text: string): PhrasingContent[] {
  const value = collapsed(text).trim();
  return value ? [{ type: 'inlineCode', value }] : [];
}

function wrap(type: 'strong' | 'emphasis' | 'delete'): Reader {
  return ({ children }) => wrapped(type, inlines(children));
}

function wrapped(type: 'strong' | 'emphasis' | 'delete', children: PhrasingContent[]): PhrasingContent[] {
  return children.length === 0 ? [] : [{ type, children }];
}

/** Places within the page are found by other means in Markdown. */
function link({ properties: { href }, children }: Element): PhrasingContent[] {
  const words = children.flatMap(inline);
  return typeof href === 'string' && /^(https?|mailto):/i.test(href)
    ? [{ type: 'link', url: href, children: words }]
    : words;
}

/** What a picture tells those who do not see it. */
export function pictureLabel({ properties: { ariaLabel } }: Element): string {
  return typeof ariaLabel === 'string' ? collapsed(ariaLabel) : '';
}

/** All its text, as it is. */
export function plainText(node: ElementContent): string {
  if (node.type === 'text') return withoutControls(node.value);
  return node.type === 'element' ? node.children.map(plainText).join('') : '';
}

function merged(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.type === 'text' && last?.type === 'text') out[out.length - 1] = join(last.value, node.value);
    else out.push(node);
  }
  return out;
}

function join(before: string, after: string): PhrasingContent {
  return { type: 'text', value: (before + after).replaceAll(/ +/g, ' ') };
}

/** Without blanks and separators at the ends of the line; those within become a semicolon. */
function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes
    .map((node, index): PhrasingContent => {
      if (node.type !== 'text') return node;
      let { value } = node;
      if (index === 0) value = value.replace(/^[ \ue000]+/, '');
      if (index === nodes.length - 1) value = value.replace(/[ \ue000]+$/, '');
      return { type: 'text', value: value.replaceAll(/[ \ue000]*\ue000[ \ue000]*/g, '; ') };
    })
    .filter((node) => node.type !== 'text' || node.value !== '');
}
