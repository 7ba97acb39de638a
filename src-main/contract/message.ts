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
