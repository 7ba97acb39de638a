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
