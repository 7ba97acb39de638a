/** As much of a page as is looked at: an HTML page's head is often longer than its first words. */
const mostBytes = 1024;
/** As many characters of a page as are kept. */
const mostWords = 48;

/** The beginning of a page, as it comes. */
export interface PageStart {
  /** The page's next bytes, each as the character of its number (latin1). */
  add(bytes: string): void;
  readonly bytes: string;
}

export function pageStart(): PageStart {
  let bytes = '';
  return {
    add(more) {
      if (bytes.length < mostBytes) bytes += more.slice(0, mostBytes - bytes.length);
    },
    get bytes() {
      return bytes;
    },
  };
}

/**
 * The first words of a page as a person reads them: HTML without its markup, blanks made one. What the page says of
 * itself proves nothing about the machine that sent it. Null when there are none.
 */
export function pageWords({ bytes }: Pick<PageStart, 'bytes'>): string | null {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? '';
  const body = text
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<(head|style|script)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*(>|$)/g, ' ');
  return shortened(body) ?? shortened(title);
}

function shortened(text: string): string | null {
  // A page may hold anything, and a terminal would act on it.
  const words = text.replace(/[\s\u0000-\u001f\u007f\ufffd]+/g, ' ').trim();
  const characters = Array.from(words);
  if (characters.length <= mostWords) return words || null;
  return `${characters.slice(0, mostWords - 1).join('')}…`;
}
