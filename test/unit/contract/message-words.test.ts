import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countOf, listed, message } from '../../../src-main/contract/message.ts';
import { messageWords, textIn } from '../../../src-main/contract/message-words/words.ts';
import { allClaims } from '../../../src-main/evidence/claims/all-claims.ts';
import { faultWords } from '../../../src-main/evidence/faults.ts';
import { madeEvents, madeState, oneByOne } from '../../support/made-director.ts';
import { remarkWords } from '../../../src-main/evidence/remarks/remark.ts';
import { createJudge } from '../../../src-main/traffic/judge.ts';

const core = path.resolve(import.meta.dirname, '../../../src-main');
/** Where sentences stand, beside those that are data. */
const rooms = [
  ...['evidence/claims', 'evidence/set-up', 'evidence/facts', 'evidence/remarks'],
  ...['ipvs', 'traffic'],
];
const languages = ['zh-CN', 'ja'];

/** `say('name', 'words'` and `message('id', 'words'`, as they stand in a source; or the constant `words` before it. */
const spoken = /\b(say|message)\(\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|words\b)/g;
const constant = /\bconst words =\s*'((?:[^'\\]|\\.)*)';/g;

function sentences(): Map<string, string> {
  const ofClaims = allClaims.flatMap(({ id, title, statement }) => [
    [`claim.${id}.title`, title] as const,
    ...Object.entries(statement).map(([mode, words]) => [`claim.${id}.statement.${mode}`, words] as const),
  ]);
  const ofFaults = Object.entries(faultWords).flatMap(([kind, { cause, remedy, state }]) => [
    [`fault.${kind}.cause`, cause] as const,
    [`fault.${kind}.remedy`, remedy] as const,
    ...(state === undefined ? [] : [[`fault.${kind}.state`, state] as const]),
  ]);
  const ofRemarks = Object.entries(remarkWords).flatMap(([kind, { words, advice }]) => [
    [`remark.${kind}.words`, words] as const,
    ...(advice === null ? [] : [[`remark.${kind}.advice`, advice] as const]),
  ]);
  const files = rooms.flatMap((room) => filesIn(room).map((name) => path.join(room, name)));
  return new Map([
    ...ofClaims,
    ...ofFaults,
    ...ofRemarks,
    ...files.flatMap((file) => spokenIn(path.join(core, file))),
  ]);
}

/** Every `message('id'`, whatever comes after. */
function messagesIn(all: readonly string[]): string[] {
  return all
    .flatMap((room) => filesIn(room).map((name) => path.join(core, room, name)))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bmessage\(\s*'([^']+)'/g)])
    .map(([, id = '']) => id);
}

function filesIn(room: string): string[] {
  return readdirSync(path.join(core, room)).filter((name) => name.endsWith('.ts'));
}

function spokenIn(file: string): (readonly [string, string])[] {
  const source = readFileSync(file, 'utf8');
  const id = /^const id = '([^']+)'/m.exec(source)?.[1];
  return [...source.matchAll(spoken)].flatMap(({ index, 1: how, 2: name = '', 3: single, 4: double }) => {
    if (how === 'say' && id === undefined) return [];
    const before = [...source.slice(0, index).matchAll(constant)].at(-1)?.[1];
    return [[how === 'message' ? name : `claim.${id}.${name}`, single ?? double ?? before ?? ''] as const];
  });
}

const placesOf = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('The sentences of the core', () => {
  it('are found in the sources', () => {
    const found = sentences();
    expect(found.size).toBeGreaterThan(150);
    expect([...found].filter(([, words]) => words === '')).toEqual([]);
    const inSources = messagesIn(rooms);
    expect(inSources.length).toBeGreaterThan(50);
    expect(inSources.filter((id) => !found.has(id))).toEqual([]);
  });

  it('put no role before the name of a node, which often is the role', () => {
    const role =
      /([Tt]he (director|router|real server)|ディレクター|调度器|リアルサーバー|真实服务器) ?\{node\}/;
    const all = [...sentences(), ...languages.flatMap((each) => Object.entries(messageWords[each] ?? {}))];
    expect(all.filter(([, words]) => role.test(words)).map(([id]) => id)).toEqual([]);
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

  it('say of a load what was promised and what was seen, whatever stands within whatever', () => {
    const state = madeState('rr', [
      { name: 'rs1', weight: 1 },
      { name: 'rs2', weight: 1 },
    ]);
    const went = ['rs1', 'rs2', 'rs2'].map((name) => `10.20.0.${10 + Number(name.at(-1))}:80`);
    const judge = createJudge(state);
    const { events } = madeEvents(state, oneByOne(3), (_, index) => went[index]);
    for (const event of events) judge.add(event);
    const { promised, observed, words } = judge.judgement();
    expect([promised, observed, words].map(({ text }) => text)).toEqual([
      'exact alternation over rs1, rs2',
      'rs1 1, rs2 2',
      'Connection 3, of 10.10.0.200:40002, went to rs2; rr sends it to rs1: it is the next by the scheduler.',
    ]);
    expect([promised, observed, words].map((one) => textIn('zh-CN', one))).toEqual([
      '在 rs1、rs2 之间严格轮流',
      'rs1 1、rs2 2',
      '第 3 个连接（10.10.0.200:40002）去了 rs2，而 rr 会把它交给 rs1：按调度算法轮到它。',
    ]);
  });

  it('list names in the language, and what stands among them', () => {
    const list = listed(['rs1', message('claim.none.such', 'the {n}', { n: 2 })], '; ');
    expect(list.text).toBe('rs1; the 2');
    expect(textIn('ja', list)).toBe('rs1、the 2');
  });

  it('stay English where nobody translated them', () => {
    expect(textIn('ja', message('claim.none.such', 'One {thing}.', { thing: 'thing' }))).toBe('One thing.');
  });
});
