import { ref, watch, type Ref } from 'vue';
import { createNumberSetting } from '../../lib/setting.ts';

const setting = createNumberSetting('workspaceSplit');
const usual = 0.6;

/** How much of the workspace's width the topology has, within what leaves both sides usable; remembered. */
export function useSplit(): { share: Ref<number>; set: (share: number) => void; reset: () => void } {
  const share = ref(clamp(setting.read() ?? usual));
  // A drag is one choice, and not each place on its way.
  watch(share, (next, _, onCleanup) => {
    const timer = setTimeout(() => {
      setting.write(next);
    }, 300);
    onCleanup(() => {
      clearTimeout(timer);
    });
  });
  const set = (next: number) => {
    share.value = clamp(next);
  };
  return {
    share,
    set,
    reset: () => {
      set(usual);
    },
  };
}

function clamp(share: number): number {
  return Math.min(0.78, Math.max(0.35, share));
}
