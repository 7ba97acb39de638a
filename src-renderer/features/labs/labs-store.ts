import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { CompareRequest, LabsSnapshot, StartRequest, Task } from '../../../src-main/contract/labs.ts';
import type { TemplateList } from '../../../src-main/contract/templates.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { follow } from '../../lib/follow.ts';

/** All labs and tasks of this user, as the application tells them, and what can be asked of it. */
export const useLabsStore = defineStore('labs', () => {
  const client = useAppClient();
  const snapshot = shallowRef<LabsSnapshot>();
  const templates = shallowRef<TemplateList>();

  /** The start that this page asked for last: the next snapshot tells of it. */
  const asked = shallowRef<{ lab: string; task: string }>();

  const tasks = computed(() => snapshot.value?.tasks ?? []);

  /** The newest task of a lab that is under way. */
  function runningTask(lab: string, ...verbs: readonly Task['verb'][]): Task | undefined {
    return tasks.value.findLast(
      (task) => task.lab === lab && task.state === 'running' && (!verbs.length || verbs.includes(task.verb)),
    );
  }

  return {
    snapshot,
    templates,
    labs: computed(() => snapshot.value?.labs ?? []),
    tasks,
    runningTask,
    /** Follows labs and tasks as long as the page is there. */
    watch: () =>
      follow({
        open: (signal) => client.labs.watch(undefined, { signal }),
        onItems: (items) => (snapshot.value = items.at(-1) ?? snapshot.value),
      }),
    loadTemplates: async () => {
      templates.value = await client.templates.list();
    },
    start: async (request: StartRequest) => {
      asked.value = await client.labs.start(request);
      return asked.value;
    },
    /** Whether a lab's start was asked for here and is not told of yet. */
    isAsked: (lab: string) =>
      asked.value?.lab === lab && !tasks.value.some(({ id }) => id === asked.value?.task),
    compare: (request: CompareRequest) => client.labs.compare(request),
    remove: (lab: string) => client.labs.remove({ lab }),
    /** Begins a verb; what it comes to is asked by `result`. */
    act: (lab: string, request: ControlRequest) => client.labs.act({ lab, request }),
    cancel: (task: string) => client.labs.cancel({ task }),
    /** Waits for a task's end. Rejects with its failure. */
    result: (task: string, signal?: AbortSignal) => client.labs.result({ task }, signal ? { signal } : {}),
  };
});
