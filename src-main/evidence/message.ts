import { fillPlaces, type Message, type MessageValue } from '../contract/message.ts';

/** Fills the places `{name}` of an English sentence; what was filled in goes along, for translations. */
export function message(id: string, words: string, values: Message['values'] = {}): Message {
  return { id, values, text: fillPlaces(words, values, inEnglish) };
}

/** What is counted in sentences. */
export type Counted =
  | 'answer'
  | 'connection'
  | 'fragment'
  | 'frame'
  | 'packet'
  | 'question'
  | 'reply packet'
  | 'request'
  | 'request frame'
  | 'request packet'
  | 'time';

/** `1 frame`, `2 frames`: the message `count.frame`. */
export function countOf(count: number, what: Counted): Message {
  const id = `count.${what.replace(' ', '-')}`;
  return message(id, `{count} ${what}${count === 1 ? '' : 's'}`, { count });
}

/** `a`, `a and b`, `a, b and c`. */
function inEnglish(value: MessageValue): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('id' in value) return value.text;
  const words = value.map(inEnglish);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
