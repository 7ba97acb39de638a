import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Comparison } from '../../../src-main/contract/comparison.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { CompareRequest } from '../../../src-main/contract/labs.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { useLabsStore } from '../labs/labs-store.ts';

/** The comparison that is under way, or else the last one. */
export const useCompareStore = defineStore('compare', () => {
  const labs = useLabsStore();
  const result = shallowRef<Comparison>();
  /** The task that the result is of. */
  const task = ref<string>();
  const failure = ref<ErrorInfo>();
  const cancelled = ref(false);
  const starting = ref(false);

  /** It may have been begun before the page was loaded; it is known for some minutes after its end. */
  const newest = computed(() => labs.tasks.findLast(({ verb }) => verb === 'compare'));
  const running = computed(() => (newest.value?.state === 'running' ? newest.value : undefined));

  function clear(): void {
    result.value = undefined;
    failure.value = undefined;
    cancelled.value = false;
  }

  async function see(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    clear();
    try {
      // In the shape of its verb's schema, as the contract has it.
      const ended = (await labs.result(id)) as Comparison;
      if (newest.value !== undefined && newest.value.id !== id) return;
      result.value = ended;
      task.value = id;
    } catch (error) {
      if (newest.value !== undefined && newest.value.id !== id) return;
      const info = errorInfo(error);
      if (info.code === 'cancelled') cancelled.value = true;
      else failure.value = info;
    }
  }
  watch(() => newest.value?.id, see, { immediate: true });

  return {
    result,
    task,
    failure,
    cancelled,
    running,
    start: async (request: CompareRequest) => {
      if (starting.value) return;
      starting.value = true;
      clear();
      try {
        await labs.compare(request);
      } catch (error) {
        failure.value = errorInfo(error);
      } finally {
        starting.value = false;
      }
    },
    cancel: async () => {
      if (running.value) await labs.cancel(running.value.id);
    },
  };
});
