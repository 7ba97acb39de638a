import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { FrameView, LiveBatch, VipHolder } from '../../../src-main/contract/frames.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { follow } from '../../lib/follow.ts';
import { useLabStore } from '../workspace/lab-store.ts';
import { createRecentRates } from './recent-rates.ts';

/** How fast the drawing's clock goes. */
export const speeds = [1, 0.25, 0.1] as const;
export type Speed = (typeof speeds)[number];

/** States in which a lab's wires can be watched. */
const live = new Set(['booting', 'provisioning', 'ready', 'degraded', 'switching', 'failed']);

/** What goes over the wires of the lab that is shown, as it happens. */
export const useLiveStore = defineStore('live', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const recent = createRecentRates();
  const holders = shallowRef<VipHolder[]>([]);
  /** Frames of the newest batch. */
  const frames = shallowRef<readonly FrameView[]>([]);
  /** The frame that was chosen, by its number in the lab's record: here or in the list of frames. */
  const selectedFrame = ref<number>();
  /** The same, until the list of frames has shown it and given it the focus. */
  const askedFrame = ref<number>();
  const speed = ref<Speed>(1);
  // Who wants no motion sees it when asked for.
  const paused = ref(matchMedia('(prefers-reduced-motion: reduce)').matches);
  const watched = computed(() => (lab.view && live.has(lab.view.state) ? lab.view.name : undefined));

  function clear(): void {
    recent.clear();
    frames.value = [];
  }

  function take(batches: readonly LiveBatch[]): void {
    const newest = batches.at(-1);
    if (!newest) return;
    recent.take(batches);
    holders.value = newest.vipHolders;
    frames.value = batches.flatMap((batch) => batch.frames);
  }

  /** Follows the wires of whichever lab is shown, until the returned function is called. */
  function open(): () => void {
    let close: (() => void) | undefined;
    const unwatch = watch(
      watched,
      (name) => {
        close?.();
        close = undefined;
        clear();
        holders.value = [];
        selectedFrame.value = undefined;
        if (name === undefined) return;
        close = follow<LiveBatch>({
          open: (signal) => client.wire.live({ lab: name }, { signal }),
          onItems: take,
          onError: () => {
            clear();
            return true;
          },
        });
      },
      { immediate: true },
    );
    return () => {
      unwatch();
      close?.();
    };
  }

  return { frames, holders, rates: recent.rates, selectedFrame, askedFrame, speed, paused, open };
});
