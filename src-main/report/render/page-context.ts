import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { LocalizedText } from '../../contract/localized-text.ts';
import { textIn } from '../../contract/message-words/words.ts';
import type { Message } from '../../contract/message.ts';
import type { Report } from '../model/report.ts';
import { wordsFor, type Words } from '../words/words.ts';

/** What every part of the page is made from. */
export interface PageContext {
  readonly report: Report;
  readonly words: Words;
}

export function pageContext(report: Report): PageContext {
  return { report, words: wordsFor(report.language) };
}

/** Names, addresses and whatever else comes from outside: its writing direction stays its own. */
export function named(text: string): Element {
  return h('bdi', text);
}

/** A sentence as it was judged in English; where the page's language is another, marked as English. */
export function said(text: string, { words }: PageContext): ElementContent {
  return words.language === 'en' ? named(text) : h('bdi', { lang: 'en' }, text);
}

export function message(one: Message, page: PageContext): ElementContent {
  const text = textIn(page.words.language, one);
  return text === one.text ? said(text, page) : named(text);
}

/** A template's words, in the page's language where they are there, else in English and marked so. */
export function localized(text: LocalizedText, { words }: PageContext): Element {
  const own = text[words.language];
  const lang = own === undefined ? 'en' : null;
  return h('bdi', { lang }, withCode(own ?? text.en));
}

/** What stands between backticks as code. */
function withCode(text: string): (Element | string)[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? h('code', { translate: 'no' }, part) : part));
}

/** A mode as the template titles it. */
export function modeTitle(mode: string, page: PageContext): ElementContent {
  const title = page.report.lab.modes[mode];
  return title ? localized(title, page) : named(mode);
}

/** A mode in a few letters, as tables and sentences have it: `NAT`. */
export function modeName(mode: string): string {
  return mode.toUpperCase();
}

/** What an act is called; one that has no name here by its own. */
export function verbName(verb: string, words: Words): string {
  return Object.entries(words.verbs).find(([name]) => name === verb)?.[1] ?? verb;
}

/** A kind of failure: `timeout`, `http-503` … */
export function failureName(kind: string, { failures }: Words): string {
  if (kind.startsWith('http-')) return failures.http(kind.slice('http-'.length));
  const word = Object.entries(failures).find(([name]) => name === kind)?.[1];
  return typeof word === 'string' ? word : kind;
}
