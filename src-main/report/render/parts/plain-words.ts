import type { Words } from '../../words/words.ts';

/** What was asked for, as it is read: names and values without the marks of a data format. */
export function plainWords(value: unknown, words: Words): string {
  if (value === null || value === undefined) return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.length === 0 ? words.none : items.map((item) => plainWords(item, words)).join(words.comma);
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return typeof value === 'number' ? String(value) : words.unknown;
  const parts = Object.entries(value).map(([name, part]) => {
    const told = plainWords(part, words);
    return typeof part === 'object' && part !== null
      ? `${spaced(name)} (${told})`
      : `${spaced(name)} ${told}`;
  });
  return parts.length === 0 ? words.none : parts.join(words.comma);
}

/** `underLoad` as `under load`. */
export function spaced(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
