import MarkdownIt, { type Token } from 'markdown-it';

const schemes = /^(https?|mailto):/i;

const reader = new MarkdownIt('default', { html: false, linkify: false, typographer: false }).disable(
  'image',
);
reader.validateLink = (url) => schemes.test(url.trim());

// The page has headings of its own down to the second level; a note's begin below those.
reader.core.ruler.push('headings-below', ({ tokens }) => {
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    }
  }
});

// Columns by class: a note's page has no style but its own.
reader.core.ruler.push('columns-by-class', ({ tokens }) => {
  for (const token of tokens) {
    const aligned = token.attrGet('style');
    token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null;
    if (aligned === 'text-align:right') token.attrSet('class', 'figures');
    if (aligned === 'text-align:center') token.attrSet('class', 'centred');
    if (token.type === 'th_open') token.attrSet('scope', 'col');
  }
});

reader.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return self.renderToken(tokens, index, options);
};

/**
 * What a user wrote in Markdown, as HTML. HTML in it is shown as it is written, pictures are not fetched, and links lead to
 * http, https and mailto alone.
 */
export function notesHtml(markdown: string): string {
  return reader.render(markdown);
}

/** The same for other forms of a report than a page. */
export function notesTokens(markdown: string): Token[] {
  return reader.parse(markdown, {});
}
