import { watchEffect } from 'vue';
import { createI18n } from 'vue-i18n';
import { createSetting } from '../lib/setting.ts';
import { messagesOf } from './messages.ts';

/** The languages of the page, each under its own name. */
export const languages = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '中文' },
  { value: 'ja', label: '日本語' },
] as const;
export type Language = (typeof languages)[number]['value'];

const setting = createSetting<Language>(
  'language',
  languages.map(({ value }) => value),
);

export const i18n = createI18n({
  legacy: false,
  locale: setting.read() ?? systemLanguage(),
  fallbackLocale: 'en',
  // Words by the doctor's names are there or not; the component asks first.
  missingWarn: false,
  fallbackWarn: false,
  messages: Object.fromEntries(languages.map(({ value }) => [value, messagesOf(value)])),
});

// Screen readers and the choice of Chinese or Japanese glyphs go by the document's language.
watchEffect(() => {
  document.documentElement.lang = i18n.global.locale.value;
});

/** Changes the page's language, and remembers it. */
export function chooseLanguage(language: Language): void {
  i18n.global.locale.value = language;
  setting.write(language);
}

function systemLanguage(): Language {
  for (const wanted of navigator.languages) {
    const primary = wanted.split('-', 1)[0];
    const found = languages.find(({ value }) => value.split('-', 1)[0] === primary);
    if (found) return found.value;
  }
  return 'en';
}
