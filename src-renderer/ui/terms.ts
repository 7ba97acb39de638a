/** The abbreviations that are explained where they stand, as words of the page. */
export const terms = ['VIP', 'DIP', 'RIP', 'CIP', 'ARP'] as const;
export type Term = (typeof terms)[number];

/** A piece of a text; one that is a term is explained. */
export interface TextPart {
  readonly text: string;
  readonly term?: Term;
}

const pattern = new RegExp(`(?<![A-Za-z0-9])(${terms.join('|')})(?![A-Za-z0-9])`, 'g');

/** A text in pieces: each term where it first stands is one of its own. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const seen = new Set<string>();
  let from = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    const term = terms.find((each) => each === found);
    if (!term || seen.has(term)) continue;
    seen.add(term);
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ text: found, term });
    from = index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
