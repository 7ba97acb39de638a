import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import { driftReportSchema, type DriftReport } from '../../../src-main/contract/drift.ts';
import { useLabStore } from './lab-store.ts';

/** Where the machines have not what the recipe wants, as they were last looked at. */
export const useDriftStore = defineStore('drift', () => {
  const lab = useLabStore();
  const report = shallowRef<DriftReport>();
  const looking = ref(false);

  async function look(): Promise<void> {
    looking.value = true;
    const answer = await lab.act({ verb: 'drift' });
    report.value = answer === undefined ? undefined : driftReportSchema.parse(answer);
    looking.value = false;
  }

  // What was said of other machines, or of another recipe, says nothing here.
  watch([() => lab.name, () => lab.generation, () => lab.view?.mode], () => {
    report.value = undefined;
  });

  return { report, looking, look };
});
