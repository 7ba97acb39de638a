import { shallowRef, type ShallowRef } from 'vue';
import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import type { LoadRequest, LoadResult } from '../../../src-main/contract/load.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { follow } from '../../lib/follow.ts';
import { createRefresher } from './refresher.ts';
import { addSamples } from './sample-run.ts';
import { emptyRun, totalsOf, type ShownRun } from './shown-run.ts';

export interface LiveRun {
  readonly shown: ShallowRef<ShownRun | undefined>;
  /** Follows a load from its first sample to its end, in place of what is shown. */
  readonly attach: (task: string, request: LoadRequest | null) => void;
  /** Shows a run that changes no more, or none. */
  readonly put: (run: ShownRun | undefined) => void;
}

/** The run that is shown. It is made anew about ten times a second while samples come in. */
export function useLiveRun(client: AppClient): LiveRun {
  const shown = shallowRef<ShownRun>();
  let unfollow: (() => void) | undefined;

  function change(changes: Partial<ShownRun>): void {
    const run = shown.value;
    if (run) shown.value = { ...run, totals: totalsOf(run.samples), ...changes };
  }

  const refresher = createRefresher(() => {
    change({});
  });

  function put(run: ShownRun | undefined): void {
    unfollow?.();
    unfollow = undefined;
    refresher.stop();
    shown.value = run;
  }

  async function end(task: string): Promise<void> {
    const ended = await endOf(client, task);
    if (shown.value?.task !== task) return;
    refresher.stop();
    change(ended);
  }

  function attach(task: string, request: LoadRequest | null): void {
    if (shown.value?.task === task) return;
    const run = emptyRun({ task, entry: null, request });
    put(run);
    unfollow = follow<SampleColumns>({
      open: (signal) => client.labs.samples({ task }, { signal }),
      onItems: (items) => {
        for (const columns of items) addSamples(run.samples, columns);
        refresher.ask();
      },
      onEnd: () => void end(task),
      onError: (error) => {
        // A break is mended by following again; a refusal is not.
        if (errorInfo(error).code === 'internal') return true;
        void end(task);
        return false;
      },
    });
  }

  return { shown, attach, put };
}

/** What a load came to. */
async function endOf(client: AppClient, task: string): Promise<Partial<ShownRun>> {
  try {
    // In the shape of its verb's schema, as the contract has it.
    return { state: 'ended', result: (await client.labs.result({ task })) as LoadResult };
  } catch (error) {
    const info = errorInfo(error);
    return info.code === 'cancelled' ? { state: 'stopped' } : { state: 'failed', error: info };
  }
}
