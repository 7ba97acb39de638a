import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { FrameView, LiveBatch, VipHolder } from '../../../src-main/contract/frames.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { follow } from '../../lib/follow.ts';
import { useLabStore } from '../workspace/lab-store.ts';
import { createRecentRates } from './recent-rates.ts';

/** A proof whose frames are kept, by its entry in the journal, and when it was made. */
export interface KeptFrames {
  readonly entry: number;
  /** ISO 8601. */
  readonly at: string | undefined;
}

/** How fast the drawing's clock goes. */
export const speeds = [1, 0.25, 0.1] as const;
export type Speed = (typeof speeds)[number];

/** States in which a lab's wires can be watched. */
const live = new Set(['booting', 'provisioning', 'ready', 'degraded', 'switching', 'failed']);

/** The frame that is looked at. */
function frameSelection() {
  /** Chosen in the drawing or in the list of frames: by its number in the lab's record, or in a proof's. */
  const selectedFrame = ref<number>();
  /** The proof whose frames it is one of; undefined for the lab's own record. */
  const selectedOf = shallowRef<KeptFrames>();
  return {
    selectedFrame,
    selectedOf,
    /** Opens a frame of the lab's own record, or of what a proof keeps. */
    selectFrame: (sequence: number | undefined, of?: KeptFrames) => {
      selectedOf.value = of;
      selectedFrame.value = sequence;
    },
  };
}

/** What goes over the wires of the lab that is shown, as it happens. */
export const useLiveStore = defineStore('live', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const recent = createRecentRates();
  const holders = shallowRef<VipHolder[]>([]);
  /** Frames of the newest batch. */
  const frames = shallowRef<readonly FrameView[]>([]);
  const { selectedFrame, selectedOf, selectFrame } = frameSelection();
  /** Which record the lab's frames are numbered in now. */
  const record = ref<string>();
  /** The frame that was asked for, until the list of frames has shown it and given it the focus. */
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
    // Another process runs the lab's switch: what is numbered alike there is another frame.
    if (record.value !== undefined && record.value !== newest.record && !selectedOf.value)
      selectedFrame.value = undefined;
    record.value = newest.record;
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
        selectFrame(undefined);
        record.value = undefined;
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

  return {
    ...{ frames, holders, rates: recent.rates, speed, paused, open },
    ...{ record, askedFrame, selectedFrame, selectedOf, selectFrame },
  };
});
