import { useI18n } from 'vue-i18n';
import type { LocalizedText } from '../../src-main/contract/localized-text.ts';

/** Words of the core in the page's language; English where it has none in that. */
export function useLocalized(): (text: LocalizedText) => string {
  const { locale } = useI18n();
  return (text) => text[locale.value as keyof LocalizedText] ?? text.en;
}
