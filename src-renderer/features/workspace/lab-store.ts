import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';
import type { ModeSwitch } from '../../../src-main/contract/mode-switch.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { follow } from '../../lib/follow.ts';
import { useLabsStore } from '../labs/labs-store.ts';

/** The lab that the workspace shows. */
export const useLabStore = defineStore('lab', () => {
  const client = useAppClient();
  const labs = useLabsStore();
  const name = ref('');
  const view = shallowRef<LabView>();
  /** What was asked of the lab and failed, until it is dismissed. */
  const failure = ref<ErrorInfo>();
  /** The lab is no more. */
  const gone = ref(false);
  /** The node whose panel is open. */
  const selectedNode = ref<string>();
  /** The last switch of mode that was made here, until it is dismissed. */
  const lastSwitch = shallowRef<ModeSwitch>();

  /** Follows a lab until the returned function is called. */
  function open(lab: string): () => void {
    name.value = lab;
    view.value = undefined;
    failure.value = undefined;
    selectedNode.value = undefined;
    lastSwitch.value = undefined;
    gone.value = false;
    return follow<LabView>({
      open: (signal) => client.labs.view({ lab }, { signal }),
      onItems: (items) => (view.value = items.at(-1)),
      onEnd: () => (gone.value = true),
      // A lab that is being started has no record yet.
      onError: (error) => {
        if (errorInfo(error).code === 'not-found' && !labs.runningTask(lab)) gone.value = true;
        return true;
      },
    });
  }

  /** Has a verb carried out to its end. A failure is shown, and undefined returned. */
  async function act(request: ControlRequest): Promise<unknown> {
    failure.value = undefined;
    try {
      const { task } = await labs.act(name.value, request);
      return (await labs.result(task)) ?? null;
    } catch (error) {
      const info = errorInfo(error);
      if (info.code !== 'cancelled') failure.value = info;
      return undefined;
    }
  }

  /** Switches the mode, and keeps what it came to. */
  async function switchMode(mode: string, underLoad: boolean): Promise<void> {
    lastSwitch.value = undefined;
    const result = await act({ verb: 'switch', mode, underLoad });
    if (result !== undefined) lastSwitch.value = result as ModeSwitch;
  }

  /** Does what is no verb of the lab itself; a failure is shown. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    failure.value = undefined;
    try {
      return await work();
    } catch (error) {
      failure.value = errorInfo(error);
      return undefined;
    }
  }

  return {
    name,
    view,
    failure,
    gone,
    selectedNode,
    open,
    act,
    attempt,
    lastSwitch,
    switchMode,
    /** The task under way that changes the lab, if there is one. */
    task: computed(() => labs.runningTask(name.value)),
    nodesOf: (role: NodeView['role']) => view.value?.nodes.filter((node) => node.role === role) ?? [],
    /** Real servers by their place, for their colours: `--server-1` and on. */
    serverIndex: (server: string) =>
      (view.value?.nodes ?? [])
        .filter(({ role }) => role === 'real-server')
        .findIndex((node) => node.name === server),
  };
});
