import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { FrameFilter } from '../../../src-main/contract/frame-filter.ts';
import type { FrameDetails, FrameView } from '../../../src-main/contract/frames.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { download } from '../../lib/download.ts';
import { readBytes } from '../../lib/read-bytes.ts';
import { useLiveStore } from '../topology/live-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** Frames that are read at once. */
const pageSize = 200;

/** The lab's frame record: a page of it, and the frame that is looked at. */
export const useFramesStore = defineStore('frames', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const live = useLiveStore();
  const frames = shallowRef<readonly FrameView[]>([]);
  const filter = shallowRef<FrameFilter>({});
  const details = shallowRef<FrameDetails>();
  const busy = ref(false);
  const first = ref(0);

  async function read(place: { before?: number; from?: number } = {}): Promise<void> {
    busy.value = true;
    const page = await lab.attempt(() =>
      client.wire.frames({ lab: lab.name, query: { ...place, limit: pageSize, filter: filter.value } }),
    );
    busy.value = false;
    if (!page) return;
    frames.value = page.frames;
    first.value = page.first;
  }

  /** Opens a frame; the list is brought to where it is. */
  async function look(sequence: number): Promise<void> {
    if (!frames.value.some((frame) => frame.sequence === sequence)) {
      filter.value = {};
      await read({ from: Math.max(0, sequence - pageSize / 4) });
    }
    details.value = await lab.attempt(() => client.wire.frame({ lab: lab.name, sequence }));
  }

  watch(
    () => live.selectedFrame,
    (sequence) => {
      if (sequence === undefined) details.value = undefined;
      else void look(sequence);
    },
    { immediate: true },
  );

  return {
    frames,
    filter,
    details,
    busy,
    read,
    newest: () => read(),
    older: () => read({ before: frames.value[0]?.sequence ?? 0 }),
    newer: () => read({ from: (frames.value.at(-1)?.sequence ?? -1) + 1 }),
    hasOlder: computed(() => (frames.value[0]?.sequence ?? 0) > first.value),
    /** Saves the whole record as a pcapng file. */
    save: async () => {
      await lab.attempt(async () => {
        const { pieces } = await readBytes(await client.wire.capture({ lab: lab.name }));
        download(`${lab.name}.pcapng`, pieces, 'application/x-pcapng');
      });
    },
  };
});
