/** About how wide words are, by the width of a Latin letter at their size; ideographs and kana are wider. */
export function textWidth(words: string, letter: number): number {
  return Array.from(words).reduce((sum, sign) => sum + (sign > '\u2e80' ? letter * 1.7 : letter), 0);
}
