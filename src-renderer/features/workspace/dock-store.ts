import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { createSetting } from '../../lib/setting.ts';

/** The panels of the dock, in their order. */
export const dockTabs = ['traffic', 'evidence', 'frames', 'steps', 'ipvs', 'node'] as const;
export type DockTab = (typeof dockTabs)[number];

const remembered = createSetting<DockTab>('dockTab', dockTabs);

/** Which panel of the dock is shown; remembered. */
export const useDockStore = defineStore('dock', () => {
  const tab = ref<DockTab>(remembered.read() ?? 'traffic');
  watch(tab, (next) => {
    remembered.write(next);
  });
  return {
    tab,
    show: (next: DockTab) => {
      tab.value = next;
    },
  };
});
