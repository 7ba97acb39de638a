import { z } from 'zod';

/** What stands in a sentence's place: a name or a number as it is, a word that is translated too, or several of these. */
export type MessageValue = string | number | Message | readonly MessageValue[];

/** A sentence for people: English as it stands, and what a translation is made from. */
export interface Message {
  /** Names the sentence, for translations: `claim.no-bypass.refuted`. */
  readonly id: string;
  /** What stands in the sentence's places. */
  readonly values: Readonly<Record<string, MessageValue>>;
  readonly text: string;
}

const valueSchema: z.ZodType<MessageValue> = z.lazy(() =>
  z.union([z.string(), z.number(), messageSchema, z.array(valueSchema)]),
);

export const messageSchema: z.ZodType<Message> = z.object({
  id: z.string(),
  values: z.record(z.string(), valueSchema),
  text: z.string(),
});

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
  | 'page'
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

/** Items one after another, `rs1 4, rs2 5`, without the `and` that a list has in a sentence. */
export function listed(items: readonly MessageValue[], separator = ', '): Message {
  return { id: 'list.items', values: { items }, text: items.map(inEnglish).join(separator) };
}

/** `a`, `a and b`, `a, b and c`. */
function inEnglish(value: MessageValue): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('id' in value) return value.text;
  const words = value.map(inEnglish);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Puts values into the places `{name}` of a sentence; a place without a value stays. */
export function fillPlaces(
  words: string,
  values: Message['values'],
  wordsOf: (value: MessageValue) => string,
): string {
  return words.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : wordsOf(value);
  });
}
