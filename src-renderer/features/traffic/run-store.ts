import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { LoadRequest } from '../../../src-main/contract/load.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { useLabsStore } from '../labs/labs-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';
import type { KeptLoad } from './kept-store.ts';
import { useLiveRun } from './live-run.ts';
import { readKept } from './read-kept.ts';
import type { ShownRun } from './shown-run.ts';

/** The load that the traffic panel shows, and the one that is laid over it. */
export const useRunStore = defineStore('run', () => {
  const client = useAppClient();
  const labs = useLabsStore();
  const lab = useLabStore();
  const { shown, attach, put } = useLiveRun(client);
  const overlay = shallowRef<ShownRun>();
  /** A start was asked for and not answered yet. */
  const starting = shallowRef(false);

  watch(
    () => lab.generation,
    () => {
      put(undefined);
      overlay.value = undefined;
    },
  );
  // A load may have been begun before the page was loaded, or by another page.
  watch(
    () => labs.runningTask(lab.name, 'load')?.id,
    () => {
      const task = labs.runningTask(lab.name, 'load');
      if (task && !starting.value) attach(task.id, task.load);
    },
    { immediate: true },
  );

  /** Rejects where the load is refused. */
  async function start(load: LoadRequest): Promise<void> {
    starting.value = true;
    try {
      const { task } = await labs.act(lab.name, { verb: 'load', load });
      attach(task, load);
    } finally {
      starting.value = false;
    }
  }

  /** Shows a kept load in place of what is shown. */
  async function show(load: KeptLoad): Promise<void> {
    const [shownThen, kept] = [lab.generation, await readKept(client, lab.name, load)];
    if (lab.generation !== shownThen || shown.value?.state === 'running') return;
    put(kept);
    if (overlay.value?.entry === load.id) overlay.value = undefined;
  }

  /** Lays a kept load over what is shown; takes it away again when it is there. */
  async function lay(load: KeptLoad): Promise<void> {
    if (overlay.value?.entry === load.id) {
      overlay.value = undefined;
      return;
    }
    const [shownThen, kept] = [lab.generation, await readKept(client, lab.name, load)];
    if (lab.generation === shownThen) overlay.value = kept;
  }

  return {
    ...{ shown, overlay, start, show, lay },
    running: computed(() => starting.value || shown.value?.state === 'running'),
    /** The samples so far stay. */
    stop: async () => {
      if (shown.value?.task) await labs.cancel(shown.value.task);
    },
  };
});
