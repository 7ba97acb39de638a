import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageWords, textIn } from '../../../src-main/contract/message-words/words.ts';
import { allClaims } from '../../../src-main/evidence/claims/all-claims.ts';
import { faultWords } from '../../../src-main/evidence/faults.ts';
import { countOf, message } from '../../../src-main/evidence/message.ts';

const room = path.resolve(import.meta.dirname, '../../../src-main/evidence');
const languages = ['zh-CN', 'ja'];

/** `say('name', 'words'` and `message('id', 'words'`, as they stand in a source. */
const spoken = /\b(say|message)\(\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g;

function sentences(): Map<string, string> {
  const ofClaims = allClaims.flatMap(({ id, title, statement }) => [
    [`claim.${id}.title`, title] as const,
    ...Object.entries(statement).map(([mode, words]) => [`claim.${id}.statement.${mode}`, words] as const),
  ]);
  const ofFaults = Object.entries(faultWords).flatMap(([kind, { cause, remedy }]) => [
    [`fault.${kind}.cause`, cause] as const,
    [`fault.${kind}.remedy`, remedy] as const,
  ]);
  const files = readdirSync(path.join(room, 'claims'));
  return new Map([
    ...ofClaims,
    ...ofFaults,
    ...files.flatMap((name) => spokenIn(path.join(room, 'claims', name))),
  ]);
}

function spokenIn(file: string): (readonly [string, string])[] {
  const source = readFileSync(file, 'utf8');
  const id = /^const id = '([^']+)'/m.exec(source)?.[1];
  return [...source.matchAll(spoken)].flatMap(([, how, name = '', single, double]) => {
    if (how === 'say' && id === undefined) return [];
    return [[how === 'message' ? name : `claim.${id}.${name}`, single ?? double ?? ''] as const];
  });
}

const placesOf = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('The sentences of the evidence', () => {
  it('are found in the sources', () => {
    expect(sentences().size).toBeGreaterThan(100);
  });

  it.each(languages)('are all translated to %s', (language) => {
    const missing = [...sentences()].filter(([id, words]) => {
      const bare = { id, values: {}, text: words };
      return textIn(language, bare) === words;
    });
    expect(missing.map(([id]) => id)).toEqual([]);
  });

  it.each(languages)('have in %s no place that English has not', (language) => {
    const english = sentences();
    const strange = Object.entries(messageWords[language] ?? {}).filter(([id, words]) => {
      const own = english.get(id) ?? english.get(`${id}.dr`);
      return own !== undefined && placesOf(words).some((place) => !placesOf(own).includes(place));
    });
    expect(strange).toEqual([]);
  });

  it('say counts, lists and terms in the language, and names as they are', () => {
    const values = { past: countOf(3, 'frame'), all: 7, senders: ['client', 'rs1'], nodes: ['rs1'] };
    const words = 'Of {all} request frames to real servers, {senders} sent {past} straight to {nodes}.';
    const sentence = message('claim.no-bypass.refuted', words, values);
    expect(sentence.text).toBe(
      'Of 7 request frames to real servers, client and rs1 sent 3 frames straight to rs1.',
    );
    expect(textIn('zh-CN', sentence)).toBe(
      '在发往真实服务器的 7 个请求帧中，client、rs1 把 3 个帧直接发给了 rs1。',
    );
    expect(textIn('en', sentence)).toBe(sentence.text);
  });

  it('stay English where nobody translated them', () => {
    expect(textIn('ja', message('claim.none.such', 'One {thing}.', { thing: 'thing' }))).toBe('One thing.');
  });
});
