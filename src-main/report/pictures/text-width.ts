/** How wide letters are: a page's fonts are not known, so these are those of DejaVu, which are wide. */
export type Letters = 'sans' | 'bold' | 'mono';

const widths: Record<Letters, number> = { sans: 0.58, bold: 0.65, mono: 0.605 };

/** About how wide words are at a size; ideographs, kana and what is as wide take a whole square. */
export function textWidth(words: string, size: number, letters: Letters): number {
  return Array.from(words).reduce((sum, sign) => sum + (sign >= '\u2e80' ? 1 : widths[letters]) * size, 0);
}

/** Words that have that much room: of what is too long the middle is left out, since names mostly differ at their end. */
export function fitText(words: string, room: number, size: number, letters: Letters): string {
  if (textWidth(words, size, letters) <= room) return words;
  const signs = Array.from(words);
  // No sign is narrower than a letter: of long words most lengths need not be tried.
  const most = Math.ceil(room / (widths[letters] * size));
  for (let kept = Math.min(signs.length - 1, most); kept > 0; kept -= 1) {
    const tail = Math.floor(kept / 3);
    const shown = `${signs.slice(0, kept - tail).join('')}…${signs.slice(signs.length - tail).join('')}`;
    if (textWidth(shown, size, letters) <= room) return shown;
  }
  return '…';
}
