import { ref } from 'vue';

/**
 * Counts the labs that were shown one after the other: one that is started under the name of one that is gone is
 * another, and nothing that was shown of the first is of the second.
 */
export function useLabGeneration() {
  const generation = ref(0);
  let name = '';
  let born: string | undefined;
  return {
    generation,
    /** A lab of that name is to be shown. */
    open: (lab: string) => {
      if (lab === name) return;
      generation.value += 1;
      [name, born] = [lab, undefined];
    },
    /** The lab that is shown was made then; ISO 8601. */
    see: (createdAt: string) => {
      if (born !== undefined && born !== createdAt) generation.value += 1;
      born = createdAt;
    },
  };
}
