/** Marks that turn the direction of what follows them, other text included (Unicode Standard Annex 9, 2), and controls. */

const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ue000]/g;

/** Text whose marks cannot disturb what stands beside it: each is shown as the replacement character. */
export function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(harmful, '\uFFFD');
}

/** As a browser shows text outside of `pre`: blanks in a row are one. */
export function collapsed(text: string): string {
  return withoutControls(text).replaceAll(/[ \t\n]+/g, ' ');
}
