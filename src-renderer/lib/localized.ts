import { useI18n } from 'vue-i18n';
import type { LocalizedText } from '../../src-main/contract/localized-text.ts';
import type { Message } from '../../src-main/contract/message.ts';
import { textIn } from '../../src-main/contract/message-words/words.ts';

/** Words of the core in the page's language; English where it has none in that. */
export function useLocalized(): (text: LocalizedText) => string {
  const { locale } = useI18n();
  return (text) => text[locale.value as keyof LocalizedText] ?? text.en;
}

/** A sentence of the core in the page's language; English where it is not translated. */
export function useMessageText(): (message: Message) => string {
  const { locale } = useI18n();
  return (message) => textIn(locale.value, message);
}
