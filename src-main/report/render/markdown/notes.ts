import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Token } from 'markdown-it';
import { notesTokens } from '../markdown-notes.ts';

/** What a user wrote in Markdown, as elements; HTML in it is text. */
export function notesElements(notes: string): ElementContent[] {
  return elementsOf(notesTokens(notes));
}

function elementsOf(tokens: readonly Token[]): ElementContent[] {
  const root = h('div');
  const open: Element[] = [root];
  for (const token of tokens) {
    const parent = open.at(-1) ?? root;
    if (token.nesting === 1) {
      // The paragraphs of a tight list's items are not to be seen.
      const element = token.hidden ? parent : h(token.tag, attributesOf(token));
      if (element !== parent) parent.children.push(element);
      open.push(element);
    } else if (token.nesting === -1) open.pop();
    else parent.children.push(...leaf(token));
  }
  return root.children;
}

function leaf(token: Token): ElementContent[] {
  switch (token.type) {
    case 'inline':
      return elementsOf(token.children ?? []);
    case 'code_inline':
      return [h('code', token.content)];
    case 'code_block':
    case 'fence':
      return [h('pre', h('code', token.content))];
    case 'softbreak':
      return [{ type: 'text', value: '\n' }];
    case 'hardbreak':
    case 'hr':
      return [h(token.tag)];
    default:
      return [{ type: 'text', value: token.content }];
  }
}

function attributesOf(token: Token): Record<string, string> {
  const names = ['href', 'start', 'class'];
  return Object.fromEntries((token.attrs ?? []).filter(([name]) => names.includes(name)));
}
