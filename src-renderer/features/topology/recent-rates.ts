import { shallowRef, type ShallowRef } from 'vue';
import type { LiveBatch } from '../../../src-main/contract/frames.ts';
import { keepRecent, ratesOf, type WireRates } from './wire-rates.ts';

/** Milliseconds between two changes of the figures: what changes more often cannot be read. */
const figuresMs = 500;

/** The rates of the last second, kept up as batches come. */
export function createRecentRates(): {
  rates: ShallowRef<WireRates>;
  take: (batches: readonly LiveBatch[]) => void;
  clear: () => void;
} {
  let recent: LiveBatch[] = [];
  let told = 0;
  const rates = shallowRef(ratesOf([]));
  return {
    rates,
    take: (batches) => {
      const now = batches.at(-1)?.at ?? told;
      recent = keepRecent([...recent, ...batches], now);
      // The host's clock may have been set back.
      if (Math.abs(now - told) < figuresMs) return;
      told = now;
      rates.value = ratesOf(recent);
    },
    clear: () => {
      recent = [];
      rates.value = ratesOf([]);
    },
  };
}
