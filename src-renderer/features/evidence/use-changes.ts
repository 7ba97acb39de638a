import { onActivated, onDeactivated, onMounted, onUnmounted, shallowRef, watch, type Ref } from 'vue';
import type { LabChange } from '../../../src-main/contract/changes.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { useLabsStore } from '../labs/labs-store.ts';
import { useLabStore } from '../workspace/lab-store.ts';

/** Milliseconds between two looks: what is typed in a shell tells of itself in no other way. */
const interval = 2000;

/**
 * What was done to the lab after a moment, while the panel is shown: oldest first.
 * @param after ISO 8601; undefined where there is nothing that changes could make old.
 */
export function useChanges(after: () => string | undefined): Readonly<Ref<readonly LabChange[]>> {
  const client = useAppClient();
  const labs = useLabsStore();
  const lab = useLabStore();
  const changes = shallowRef<readonly LabChange[]>([]);
  let timer: ReturnType<typeof setInterval> | undefined;

  async function look(): Promise<void> {
    const moment = after();
    if (moment === undefined || !lab.name) {
      changes.value = [];
      return;
    }
    // A lab that is just being removed has none.
    const found = await client.labs.changes({ lab: lab.name, after: moment }).catch(() => undefined);
    if (found && after() === moment) changes.value = found;
  }
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const start = () => {
    stop();
    void look();
    timer = setInterval(() => {
      if (!document.hidden) void look();
    }, interval);
  };

  const ended = () => labs.tasks.filter((task) => task.lab === lab.name && task.ended).length;
  watch([after, ended], () => void look());
  onMounted(start);
  onActivated(start);
  onDeactivated(stop);
  onUnmounted(stop);
  return changes;
}
