import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { FrameFilter } from '../../../src-main/contract/frame-filter.ts';
import type { FrameDetails, FramePage, FrameView } from '../../../src-main/contract/frames.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { download } from '../../lib/download.ts';
import { readBytes } from '../../lib/read-bytes.ts';
import { useLiveStore, type KeptFrames } from '../topology/live-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** Frames that are read at once. */
const pageSize = 200;

/** A page of the lab's own record, or of the frames that a proof keeps. */
function useFramePage() {
  const client = useAppClient();
  const lab = useLabStore();
  const page = shallowRef<FramePage>();
  const filter = shallowRef<FrameFilter>({});
  const busy = ref(false);
  /** The proof whose frames are shown; undefined for the lab's own record. */
  const shownOf = shallowRef<KeptFrames>();

  async function read(place: { before?: number; from?: number } = {}): Promise<void> {
    const [name, kept] = [lab.name, shownOf.value];
    const query = { ...place, limit: pageSize, filter: filter.value };
    busy.value = true;
    const found = await lab.attempt(() =>
      kept
        ? client.wire.keptFrames({ lab: name, entry: kept.entry, query })
        : client.wire.frames({ lab: name, query }),
    );
    busy.value = false;
    if (found && shownOf.value === kept) page.value = found;
  }

  /** One frame of what is shown, taken apart. */
  function apart(sequence: number): Promise<FrameDetails | undefined> {
    const kept = shownOf.value;
    const record = page.value?.record;
    return lab.attempt(() =>
      kept
        ? client.wire.keptFrame({ lab: lab.name, entry: kept.entry, sequence })
        : client.wire.frame({ lab: lab.name, sequence, ...(record !== undefined && { record }) }),
    );
  }

  return { page, filter, busy, shownOf, read, apart };
}

/** The lab's frame record, or the frames that a proof keeps: a page of it, and the frame that is looked at. */
export const useFramesStore = defineStore('frames', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const live = useLiveStore();
  const { page, filter, busy, shownOf, read, apart } = useFramePage();
  const frames = computed<readonly FrameView[]>(() => page.value?.frames ?? []);
  const details = shallowRef<FrameDetails>();

  /** Opens a frame; the list is brought to where it is. */
  async function look(sequence: number, kept: KeptFrames | undefined): Promise<void> {
    const elsewhere = shownOf.value?.entry !== kept?.entry;
    shownOf.value = kept;
    if (elsewhere || !frames.value.some((frame) => frame.sequence === sequence)) {
      filter.value = {};
      await read({ from: Math.max(0, sequence - pageSize / 4) });
    }
    details.value = await apart(sequence);
  }

  watch(
    () => [live.selectedFrame, live.selectedOf] as const,
    ([sequence, kept]) => {
      if (sequence === undefined) details.value = undefined;
      else void look(sequence, kept);
    },
    { immediate: true },
  );
  // The numbers began again: what is shown of the record before is none of this one.
  watch(
    () => live.record,
    (record) => {
      if (record !== undefined && page.value && !shownOf.value && page.value.record !== record) void read();
    },
  );

  return {
    frames,
    filter,
    details,
    busy,
    shownOf,
    read,
    newest: () => read(),
    older: () => read({ before: frames.value[0]?.sequence ?? 0 }),
    newer: () => read({ from: (frames.value.at(-1)?.sequence ?? -1) + 1 }),
    hasOlder: computed(() => (frames.value[0]?.sequence ?? 0) > (page.value?.first ?? 0)),
    /** The frames that are shown are of a record that the lab's switch keeps no more. */
    isEarlier: computed(
      () => live.record !== undefined && page.value !== undefined && page.value.record !== live.record,
    ),
    /** Back from a proof's frames to the lab's own record. */
    leaveKept: async () => {
      live.selectFrame(undefined);
      [shownOf.value, page.value] = [undefined, undefined];
      await read();
    },
    /** Opens a frame of those that are shown. */
    choose: (sequence: number) => {
      live.selectFrame(sequence, shownOf.value);
    },
    /** Saves the whole record as a pcapng file. */
    save: async () => {
      await lab.attempt(async () => {
        const { pieces } = await readBytes(await client.wire.capture({ lab: lab.name }));
        download(`${lab.name}.pcapng`, pieces, 'application/x-pcapng');
      });
    },
  };
});
