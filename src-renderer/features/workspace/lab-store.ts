import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';
import type { ModeSwitch } from '../../../src-main/contract/mode-switch.ts';
import type { ResetResult } from '../../../src-main/contract/reset.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { useLabsStore } from '../labs/labs-store.ts';
import { followView } from './follow-view.ts';
import { createLabActions, type HeldSwitch, type RanCommands } from './lab-actions.ts';
import { useLabGeneration } from './lab-generation.ts';

/** What verbs that were asked for here came to, until it is dismissed. */
function labResults() {
  const lastSwitch = shallowRef<ModeSwitch>();
  /** One that was refused for what holds kernel modules. */
  const heldSwitch = shallowRef<HeldSwitch>();
  const lastReset = shallowRef<ResetResult>();
  const lastRan = shallowRef<RanCommands>();
  const forget = () => {
    for (const last of [lastSwitch, heldSwitch, lastReset, lastRan]) last.value = undefined;
  };
  return { lastSwitch, heldSwitch, lastReset, lastRan, forget };
}

/** The lab that the workspace shows. */
export const useLabStore = defineStore('lab', () => {
  const client = useAppClient();
  const labs = useLabsStore();
  const name = ref('');
  const view = shallowRef<LabView>();
  const { generation, ...shown } = useLabGeneration();
  /** What was asked of the lab and failed, until it is dismissed. */
  const failure = ref<ErrorInfo>();
  /** There is nothing to be followed any more, or not yet. */
  const ended = ref(false);
  /** The node whose panel is open. */
  const selectedNode = ref<string>();
  const { forget, ...results } = labResults();

  function begin(lab: string): () => void {
    ended.value = false;
    view.value = undefined;
    return followView(client, lab, {
      onView: (newest) => {
        shown.see(newest.createdAt);
        view.value = newest;
        ended.value = false;
      },
      onEnd: () => (ended.value = true),
      onFailure: (info) => (failure.value = info),
    });
  }

  /** Follows a lab until the returned function is called. */
  function open(lab: string): () => void {
    shown.open(lab);
    name.value = lab;
    view.value = undefined;
    failure.value = undefined;
    selectedNode.value = undefined;
    forget();
    let close = begin(lab);
    // A lab that is being started has no record at first.
    const unwatch = watch(
      () => labs.runningTask(lab, 'start')?.id,
      () => {
        if (!ended.value) return;
        close();
        close = begin(lab);
      },
    );
    return () => {
      unwatch();
      close();
    };
  }

  const nodesOf = (role: NodeView['role']) => view.value?.nodes.filter((node) => node.role === role) ?? [];

  return {
    ...createLabActions({ name, failure, ...results }),
    name,
    generation,
    view,
    failure,
    /** There is no such lab, and none is being started. */
    gone: computed(() => ended.value && !labs.runningTask(name.value, 'start') && !labs.isAsked(name.value)),
    selectedNode,
    open,
    ...results,
    /** The task under way that changes the lab, if there is one. */
    task: computed(() => labs.runningTask(name.value)),
    nodesOf,
    /** Real servers by their place, for their colours: `--server-1` and on. */
    serverIndex: (server: string) => nodesOf('real-server').findIndex((node) => node.name === server),
  };
});
