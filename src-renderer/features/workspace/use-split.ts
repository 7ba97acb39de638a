import { ref, watch, type Ref } from 'vue';

const key = 'lvslab.workspaceSplit';
const usual = 0.6;

/** How much of the workspace's width the topology has, within what leaves both sides usable; remembered. */
export function useSplit(): { share: Ref<number>; set: (share: number) => void; reset: () => void } {
  const stored = Number(localStorage.getItem(key));
  const share = ref(clamp(stored || usual));
  watch(share, (next) => {
    localStorage.setItem(key, next.toFixed(3));
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
