import { useI18n } from 'vue-i18n';
import { figureDigits } from '../../../src-main/contract/load-figures.ts';

/** Words for what comes as a name or a figure, in the page's language. */
export function useWords() {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(value);
  /** Three figures or so; a dash for none. */
  const figure = (value: number | null) => (value === null ? '–' : number(value, figureDigits(value)));
  return {
    figure,
    tenths: (value: number) =>
      new Intl.NumberFormat(locale.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        value,
      ),
    whole: (value: number) => number(value, 0),
    perCent: (share: number) =>
      new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    time: (iso: string) =>
      new Intl.DateTimeFormat(locale.value, { timeStyle: 'medium' }).format(new Date(iso)),
    /** `timeout`, `refused`, `http-503` … */
    failureWords: (kind: string) => {
      const status = /^http-(\d+)$/.exec(kind)?.[1];
      if (status !== undefined) return t('traffic.failures.http', { status });
      return i18n.te(`traffic.failures.${kind}`) ? t(`traffic.failures.${kind}`) : kind;
    },
    verdictWords: (verdict: string) =>
      i18n.te(`traffic.verdicts.${verdict}`) ? t(`traffic.verdicts.${verdict}`) : verdict,
  };
}
