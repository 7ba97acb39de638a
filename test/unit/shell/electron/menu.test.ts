import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from '../../../../src-main/shell/electron/menu.ts';
import { wordsOf } from '../../../../src-main/shell/electron/words.ts';

const actions = { quit: vi.fn(), savePdf: vi.fn(), show: vi.fn(), openReadme: vi.fn() };

function entries(language: string, devTools = false): MenuItemConstructorOptions[] {
  return menuTemplate(wordsOf(language), actions, devTools).flatMap(
    ({ submenu }) => submenu as MenuItemConstructorOptions[],
  );
}

describe('menuTemplate', () => {
  it('takes no shortcut that a shell in a terminal of the page is used to', () => {
    const taken = entries('en', true)
      .filter(({ registerAccelerator }) => registerAccelerator !== false)
      .map(({ accelerator }) => String(accelerator));
    expect(taken).toContain('F5');
    expect(taken.filter((key) => /^(CmdOrCtrl|Ctrl)\+[ACDLRWZVX]$/.test(key))).toEqual([]);
    const edit = entries('en').filter(({ role }) => role && ['copy', 'paste', 'selectAll'].includes(role));
    expect(edit.map(({ registerAccelerator }) => registerAccelerator)).toEqual([false, false, false]);
  });

  it('leads to the pages of the router', () => {
    for (const { accelerator, click } of entries('en'))
      if (/^CmdOrCtrl\+\d$/.test(String(accelerator))) (click as () => void)();
    expect(actions.show.mock.calls).toEqual([['#/'], ['#/compare'], ['#/host']]);
  });

  it('offers the developer tools only where that is said', () => {
    const offers = (devTools: boolean) =>
      entries('en', devTools).some(({ role }) => role === 'toggleDevTools');
    expect([offers(true), offers(false)]).toEqual([true, false]);
  });

  it.each(['zh-CN', 'ja'])('says everything in %s', (language) => {
    const english = entries('en').flatMap(({ label }) => label ?? []);
    const labels = entries(language).flatMap(({ label }) => label ?? []);
    expect(labels).toHaveLength(english.length);
    expect(labels.filter((label) => english.includes(label))).toEqual([]);
  });
});

it('speaks English where the language is none of its own', () => {
  for (const language of ['de', undefined, {}, '__proto__']) expect(wordsOf(language)).toBe(wordsOf('en'));
});
