import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templateNames } from '../../../src-main/template/templates-folder.ts';
import { unfold } from '../../../src-main/template/unfold.ts';
import { messageWords } from '../../../src-main/contract/message-words/words.ts';
import { messagesOf } from '../../../src-renderer/app/messages.ts';

const folder = path.resolve(import.meta.dirname, '../../../lab-templates');
const wide = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。，：；！？「」（）]';
const blank = new RegExp(`${wide}(?: +|\\n *)${wide}|[、。，；！？][ ]+`, 'u');

/** All texts in Chinese and Japanese below a value, by their path. */
function textsIn(value: unknown, at: readonly string[] = []): [string, string][] {
  if (typeof value === 'string')
    return at.some((key) => /^(ja|zh-CN)$/.test(key)) ? [[at.join('.'), value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, [...at, key]));
}

describe('unfold', () => {
  it('joins what line ends parted, and keeps lists and paragraphs', () => {
    const ja =
      '行き先は、 ルーターが\n  決めます。\n\n- **NAT**: 応答は、\n  LAN へ IP を\n  送ります。\n- 次\n';
    const joined = '行き先は、ルーターが決めます。\n\n- **NAT**: 応答は、LAN へ IP を送ります。\n- 次\n';
    expect(unfold({ a: [{ ja, en: 'as\nit is' }] })).toEqual({ a: [{ ja: joined, en: 'as\nit is' }] });
  });

  it.each([
    ['an ordered list', '手順：\n1. 甲\n2. 乙、\n   丙\n10) 丁', '手順：\n1. 甲\n2. 乙、丙\n10) 丁'],
    ['bullets', '次：\n- 甲\n* 乙\n+ 丙', '次：\n- 甲\n* 乙\n+ 丙'],
    ['a fence', '実行：\n```sh\nip a\n```\n終わり', '実行：\n```sh\nip a\n```\n終わり'],
    ['what is in a fence', '~~~\n甲 乙、 a\n丙\n# 丁\n~~~\n甲 乙', '~~~\n甲 乙、 a\n丙\n# 丁\n~~~\n甲乙'],
    ['a heading and what follows it', '本文\n# 見出し\n本文\n続き', '本文\n# 見出し\n本文続き'],
    ['a quote', '彼は、\n> 甲\n> 乙', '彼は、\n> 甲\n> 乙'],
    ['a table', '表：\n| 甲 | 乙 |\n| -- | -- |\n| 丙 | 丁 |', '表：\n| 甲 | 乙 |\n| -- | -- |\n| 丙 | 丁 |'],
    ['a line that ends itself', '甲。  \n乙', '甲。  \n乙'],
  ])('keeps %s', (_what, ja, kept) => {
    expect(unfold({ ja })).toEqual({ ja: kept });
  });

  it('joins a line that begins with a number or code, and is no item', () => {
    const text = '値は、\n10 です。\n`ip a` で見ます。';
    expect(unfold({ 'zh-CN': text })).toEqual({ 'zh-CN': '値は、10 です。`ip a` で見ます。' });
  });

  it('leaves no stray blank in the texts of any template and recipe', async () => {
    for (const name of await templateNames(folder)) {
      const texts = textsIn(await loadTemplate(folder, name));
      expect(texts.length).toBeGreaterThan(20);
      expect(texts.filter(([, text]) => blank.test(text))).toEqual([]);
    }
  });
});

it('has no stray blank in the words of the page and of the core', () => {
  const texts = textsIn({ messageWords, ja: messagesOf('ja'), 'zh-CN': messagesOf('zh-CN') });
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter(([, text]) => blank.test(text))).toEqual([]);
});
