/** What programs do to a text as they copy it: its words stay, its bytes do not. */
interface TextChange {
  /** What was done: `a byte-order mark before it`. */
  readonly words: string;
  readonly undo: (text: string) => string;
}

const noMark = (text: string) => text.replace(/^\ufeff/, '');
const lineFeeds = (text: string) => text.replaceAll('\r\n', '\n');
const withoutEnd = (text: string) => text.replace(/\n$/, '');

const changes: readonly TextChange[] = [
  { words: 'a byte-order mark before it', undo: noMark },
  { words: 'CRLF at its line ends', undo: lineFeeds },
  {
    words: 'a byte-order mark before it and CRLF at its line ends',
    undo: (text) => lineFeeds(noMark(text)),
  },
  { words: 'no line end at its end', undo: (text) => `${text}\n` },
  { words: 'a line end more at its end', undo: withoutEnd },
];

/** A text that was changed as programs do, and what it was before. */
export interface UndoneChange {
  readonly words: string;
  readonly text: string;
}

/** Finds what was done to a text, such that `isRight` is true of the text before. Undefined where nothing of the kind. */
export function undoTextChange(found: string, isRight: (text: string) => boolean): UndoneChange | undefined {
  for (const { words, undo } of changes) {
    const text = undo(found);
    if (text !== found && isRight(text)) return { words, text };
  }
  return undefined;
}

/** A file's text. UTF-16, as Windows' programs write it, is known by its byte-order mark, and said to be. */
export function textOf(bytes: Buffer): { readonly text: string; readonly coded: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString('utf16le'), coded: ', in UTF-16' };
  return { text: bytes.toString('utf8'), coded: '' };
}
