import { describe, expect, it } from 'vitest';
import { wordsFor } from '../../../../src-main/report/words/words.ts';

/** Every word by its path; those with places filled with what tells them apart. */
function flat(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([name, word]): [string, string][] => {
      const at = `${path}${name}`;
      if (typeof word === 'string') return [[at, word]];
      if (typeof word !== 'function') return [...flat(word as object, `${at}.`)];
      const sentence = word as (...values: string[]) => string;
      const given = Array.from({ length: sentence.length }, (_, index) => `«${index}»`);
      return [[at, sentence(...given)]];
    }),
  );
}

const placesOf = (word: string | undefined) => [...new Set(word?.match(/«\d»/g))].sort();

describe('wordsFor', () => {
  const english = flat(wordsFor('en'));

  it.each(['zh-CN', 'ja'] as const)('has every word in %s, with the same places', (language) => {
    const words = flat(wordsFor(language));
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [name, word] of words) {
      expect(word.trim(), name).not.toBe('');
      expect(placesOf(word), name).toEqual(placesOf(english.get(name)));
    }
  });

  it.each(['zh-CN', 'ja'] as const)('leaves no sentence in English in %s', (language) => {
    const words = flat(wordsFor(language));
    const left = [...words].filter(
      ([name, word]) =>
        word === english.get(name) && word.replaceAll(/«\d»/g, '').includes(' ') && word.length > 12,
    );
    expect(left).toEqual([]);
  });
});
