import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { LabNow } from '../../../src-main/contract/lab-now.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { follow } from '../../lib/follow.ts';
import { useLabStore } from '../workspace/lab-store.ts';
import { differencesOf } from './differences.ts';

/** States in which guests can be asked. */
const asked = new Set(['ready', 'degraded', 'switching', 'failed']);

/** What the guests and the director of the lab that is shown have now. */
export const useNowStore = defineStore('now', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const now = shallowRef<LabNow>();
  const watched = computed(() => (lab.view && asked.has(lab.view.state) ? lab.view.name : undefined));
  /** While a verb changes the lab, what differs is on its way. */
  const settled = computed(() => lab.view?.state === 'ready' || lab.view?.state === 'degraded');

  /** Follows whichever lab is shown, until the returned function is called. */
  function open(): () => void {
    let close: (() => void) | undefined;
    const unwatch = watch(
      watched,
      (name) => {
        close?.();
        close = undefined;
        now.value = undefined;
        if (name === undefined) return;
        close = follow<LabNow>({
          open: (signal) => client.nodes.now({ lab: name }, { signal }),
          onItems: (items) => (now.value = items.at(-1) ?? now.value),
          onError: () => {
            now.value = undefined;
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
    now,
    settled,
    /** The service that takes the lab's requests; null where none does, undefined while that is not known. */
    service: computed(() => (now.value?.table ? now.value.table.service : undefined)),
    differences: computed(() =>
      lab.view && now.value && settled.value ? differencesOf(lab.view, now.value) : [],
    ),
    open,
  };
});
