import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ImagesSnapshot } from '../../../src-main/contract/images.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { follow } from '../../lib/follow.ts';

/** What labs can start from, as the application tells it, and what can be asked of it. */
export const useImagesStore = defineStore('images', () => {
  const client = useAppClient();
  const snapshot = shallowRef<ImagesSnapshot>();
  const failure = shallowRef<ErrorInfo>();

  /** Does what may be refused; the refusal is shown. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    failure.value = undefined;
    try {
      await work();
    } catch (error) {
      failure.value = errorInfo(error);
    }
  }

  return {
    snapshot,
    failure,
    images: computed(() => snapshot.value?.images ?? []),
    /** Follows them until the returned function is called. */
    watch: () =>
      follow({
        open: (signal) => client.images.watch(undefined, { signal }),
        onItems: (items) => (snapshot.value = items.at(-1) ?? snapshot.value),
      }),
    bake: (image: string) => attempt(() => client.images.bake({ image })),
    cancel: (task: string) => attempt(() => client.images.cancel({ task })),
    remove: (image: string) => attempt(() => client.images.remove({ image })),
  };
});
