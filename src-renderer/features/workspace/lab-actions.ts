import type { Ref } from 'vue';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { HoldersWay } from '../../../src-main/contract/holders.ts';
import type { ChangedService, ServiceChanges } from '../../../src-main/contract/service-changes.ts';
import type { ResetResult } from '../../../src-main/contract/reset.ts';
import type { ModeSwitch } from '../../../src-main/contract/mode-switch.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { useLabsStore } from '../labs/labs-store.ts';

interface LabState {
  readonly name: Readonly<Ref<string>>;
  readonly failure: Ref<ErrorInfo | undefined>;
  readonly lastSwitch: Ref<ModeSwitch | undefined>;
  readonly heldSwitch: Ref<HeldSwitch | undefined>;
  readonly lastReset: Ref<ResetResult | undefined>;
  readonly lastRan: Ref<RanCommands | undefined>;
}

interface SwitchOptions {
  readonly underLoad: boolean;
  readonly holders?: HoldersWay;
}

/** What a verb ran in the guests, and what that said. */
export type RanCommands = Pick<ChangedService, 'commands' | 'ran'>;

/** A switch of mode that was refused for what holds kernel modules. */
export interface HeldSwitch extends SwitchOptions {
  readonly mode: string;
}

/** What can be done with the lab that is shown. */
export function createLabActions({ name, failure, ...last }: LabState) {
  const labs = useLabsStore();
  const { lastSwitch, heldSwitch, lastReset, lastRan } = last;

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
  async function switchMode(mode: string, options: SwitchOptions): Promise<void> {
    [lastSwitch.value, heldSwitch.value] = [undefined, undefined];
    const result = await act({ verb: 'switch', mode, ...options });
    if (result !== undefined) lastSwitch.value = result as ModeSwitch;
    // What holds the old mode's modules is the user's to decide on.
    else if (failure.value?.code === 'modules-held') heldSwitch.value = { mode, ...options };
  }

  /** Brings the machines up anew, and keeps what it came to. */
  async function reset(asMade = false): Promise<void> {
    lastReset.value = undefined;
    const result = await act({ verb: 'reset', ...(asMade && { asMade }) });
    if (result !== undefined) lastReset.value = result as ResetResult;
  }

  /** The same as `act`, and keeps what was run in the guests for it, where the verb tells that. */
  async function runShown(request: ControlRequest): Promise<void> {
    lastRan.value = undefined;
    const result = (await act(request)) as Partial<RanCommands> | null | undefined;
    const { commands = [], ran = [] } = result ?? {};
    if (commands.length) lastRan.value = { commands, ran };
  }

  /** Changes the service or its servers. */
  const changeService = (changes: ServiceChanges) => runShown({ verb: 'service', changes });

  return { attempt, act, switchMode, reset, runShown, changeService };
}
