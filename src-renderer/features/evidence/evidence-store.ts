import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { observationSchema, type Observation } from '../../../src-main/contract/observation.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { useLiveStore, type KeptFrames } from '../topology/live-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** The newest proof of a lab's claims: made now, or kept in its journal. */
export const useEvidenceStore = defineStore('evidence', () => {
  const client = useAppClient();
  const lab = useLabStore();
  const live = useLiveStore();
  const observation = shallowRef<Observation>();
  /** When it was begun; ISO 8601. */
  const at = ref<string>();
  /** The lab that is being proved, by its generation. */
  const proving = ref<number>();
  let shown: number | undefined;

  return {
    observation,
    at,
    busy: computed(() => proving.value === lab.generation),
    /**
     * Where the frames of what is shown are kept; undefined where nothing tells, and they are still in the lab's own
     * record.
     */
    kept: computed<KeptFrames | undefined>(() => {
      const { entry, record } = observation.value ?? {};
      if (!entry) return undefined;
      // Many frames are not all kept, while the record may have them yet.
      const there = record !== null && record === live.record && observation.value?.framesLost !== 0;
      return there ? undefined : { entry, at: at.value };
    }),
    /** Shows what the lab's journal holds last, where nothing of this lab is shown yet. */
    async recall(): Promise<void> {
      if (shown === lab.generation) return;
      shown = lab.generation;
      observation.value = undefined;
      const entries = await client.labs.journal({ lab: lab.name }).catch(() => []);
      const last = entries.findLast(({ verb, error }) => verb === 'observe' && error === null);
      const { data } = observationSchema.safeParse(last?.result);
      if (!data || !last) return;
      // Observations of earlier versions do not tell their entry.
      observation.value = { ...data, entry: last.id };
      at.value = last.at;
    },
    /** Sends requests, watches them on every wire, and judges. */
    async prove(requests: number): Promise<void> {
      const { generation } = lab;
      proving.value = generation;
      const began = new Date().toISOString();
      const answer = await lab.act({ verb: 'observe', requests });
      if (proving.value === generation) proving.value = undefined;
      // What was proved of a lab that is shown no more says nothing of this one.
      if (answer === undefined || lab.generation !== generation) return;
      observation.value = observationSchema.parse(answer);
      at.value = began;
    },
  };
});
