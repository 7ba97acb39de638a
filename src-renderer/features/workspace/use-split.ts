import { computed, ref, type Ref } from 'vue';
import { createNumberSetting } from '../../lib/setting.ts';
import { dockTabs, useDockStore, type DockTab } from './dock-store.ts';

/** How much the drawing has beside each panel, as a rule: tables want more than the drawing does. */
const usual: Readonly<Record<DockTab, number>> = {
  ...{ traffic: 0.55, evidence: 0.44, frames: 0.36 },
  ...{ steps: 0.46, ipvs: 0.4, node: 0.42 },
};
/** In CSS pixels: a window that wide has room for both. */
const wide = 1700;
const usualWide = 0.56;
const settings = new Map(dockTabs.map((tab) => [tab, createNumberSetting(`workspaceSplit.${tab}`)]));

/**
 * How much of the workspace's width the topology has beside the panel that is shown, within what leaves both usable;
 * remembered for each panel.
 */
export function useSplit(): {
  share: Ref<number>;
  set: (share: number) => void;
  /** Remembers what was set: a drag is one choice, and not each place on its way. */
  keep: () => void;
  reset: () => void;
} {
  const dock = useDockStore();
  const chosen = ref<Partial<Record<DockTab, number>>>({});
  const usualOf = (tab: DockTab) => (innerWidth >= wide ? usualWide : usual[tab]);
  const share = computed(() => {
    const { tab } = dock;
    return clamp(chosen.value[tab] ?? settings.get(tab)?.read() ?? usualOf(tab));
  });
  const set = (next: number) => {
    const { tab } = dock;
    chosen.value = { ...chosen.value, [tab]: clamp(next) };
  };
  const keep = () => {
    settings.get(dock.tab)?.write(share.value);
  };
  return {
    share,
    set,
    keep,
    reset: () => {
      set(usualOf(dock.tab));
      keep();
    },
  };
}

function clamp(share: number): number {
  return Math.min(0.78, Math.max(0.35, share));
}
