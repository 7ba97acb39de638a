import type { Message } from '../contract/evidence.ts';

/** Fills the places `{name}` of an English sentence; what was filled in goes along, for translations. */
export function message(id: string, words: string, values: Message['values'] = {}): Message {
  const text = words.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { id, values, text };
}

/** `1 frame`, `2 frames`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
