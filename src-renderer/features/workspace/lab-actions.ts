import type { Ref } from 'vue';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { ModeSwitch } from '../../../src-main/contract/mode-switch.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { useLabsStore } from '../labs/labs-store.ts';

interface LabState {
  readonly name: Readonly<Ref<string>>;
  readonly failure: Ref<ErrorInfo | undefined>;
  readonly lastSwitch: Ref<ModeSwitch | undefined>;
}

/** What can be done with the lab that is shown. */
export function createLabActions({ name, failure, lastSwitch }: LabState) {
  const labs = useLabsStore();

  /** Does what it is given. A failure is shown, and undefined returned. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    failure.value = undefined;
    try {
      return await work();
    } catch (error) {
      const info = errorInfo(error);
      if (info.code !== 'cancelled') failure.value = info;
      return undefined;
    }
  }

  /** Has a verb carried out to its end. A failure is shown, and undefined returned. */
  function act(request: ControlRequest): Promise<unknown> {
    return attempt(async () => {
      const { task } = await labs.act(name.value, request);
      return (await labs.result(task)) ?? null;
    });
  }

  /** Switches the mode, and keeps what it came to. */
  async function switchMode(mode: string, underLoad: boolean): Promise<void> {
    lastSwitch.value = undefined;
    const result = await act({ verb: 'switch', mode, underLoad });
    if (result !== undefined) lastSwitch.value = result as ModeSwitch;
  }

  return { attempt, act, switchMode };
}
