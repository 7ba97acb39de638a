import { useI18n } from 'vue-i18n';
import type { ComparedMode } from '../../../src-main/contract/comparison.ts';
import { useWords } from '../traffic/use-words.ts';
import type { MeasuredName } from './comparison-rows.ts';

type InWords = Exclude<MeasuredName, 'shares' | 'segments' | 'promise' | 'rate' | 'claims'>;

/** What is measured and told in words alone, by its name. */
export function useCellWords(): Record<InWords, (entry: ComparedMode) => string> {
  const { t } = useI18n();
  const { figure, whole, failureWords } = useWords();
  const both = (coming: number, going: number) =>
    t('compare.inOut', { coming: figure(coming), going: figure(going) });
  return {
    failed: ({ failed, failures }) =>
      failed === 0
        ? whole(0)
        : Object.entries(failures)
            .map(([kind, count]) => t('traffic.failedAs', { count: whole(count), kind: failureWords(kind) }))
            .join(t('traffic.and')),
    latency: ({ latencyMs: { p50, p95, p99 } }) =>
      t('compare.latency', { p50: figure(p50), p95: figure(p95), p99: figure(p99) }),
    switched: ({ switchMs }) =>
      switchMs.map((ms) => t('compare.seconds', { seconds: figure(ms / 1000) })).join(' · ') || '–',
    packets: ({ counters }) => both(counters.inPkts, counters.outPkts),
    frames: ({ director }) => both(director.inFrames, director.outFrames),
    bytes: ({ director }) => both(director.inBytes, director.outBytes),
    changed: ({ claims }) =>
      claims
        .filter(({ id }) => /rewrites|adds/.test(id))
        .map(({ title, verdict }) => `${t(`compare.claims.${verdict}`)}: ${title.text}`)
        .join(' · ') || '–',
    added: ({ addedBytes }) => t('compare.bytes', { bytes: whole(addedBytes) }),
    mac: ({ answeredBy }) => answeredBy.join(', ') || '–',
    hops: ({ hops }) => t('compare.hops', { there: hops.request, back: hops.reply }),
    vip: ({ vipOn }) => vipOn.join(', ') || '–',
  };
}
