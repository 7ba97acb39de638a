import type { LabListing, LabsSnapshot, Task } from '../contract/labs.ts';
import type { LabMaker } from './labs-make.ts';
import type { LabsPoll, Look } from './labs-poll.ts';
import type { Tasks } from './tasks.ts';
import { createWake } from './wake.ts';

const everyMs = 60_000;
/** Progress comes many times a second from each node. */
const pauseMs = 50;

export interface WatchSources {
  readonly poll: LabsPoll;
  readonly tasks: Tasks;
  readonly maker: LabMaker;
}

/** Tells of all labs and tasks, at once and anew whenever they change, until the signal. */
export async function followLabs(
  { poll, tasks, maker }: WatchSources,
  onItem: (snapshot: LabsSnapshot) => void,
  signal: AbortSignal,
): Promise<void> {
  const wake = createWake(pauseMs);
  let look: Look | undefined;
  let told = '';
  using stack = new DisposableStack();
  stack.defer(tasks.onChange(wake.up));
  stack.defer(
    poll.follow((latest) => {
      look = latest;
      wake.up();
    }),
  );
  while (!signal.aborted) {
    if (look) {
      const snapshot = snapshotOf(look.labs, maker.drafts(), tasks.list());
      const text = JSON.stringify(snapshot);
      if (text !== told) onItem(snapshot);
      told = text;
    }
    await wake.wait(everyMs, signal);
  }
}

/** A lab that is being made is there from its task's beginning on. */
function snapshotOf(
  found: readonly LabListing[],
  making: readonly LabListing[],
  tasks: Task[],
): LabsSnapshot {
  const drafts = new Map(making.map((draft) => [draft.name, draft]));
  // A folder without a record is what a lab begins as.
  const labs = found.map((lab) => (lab.state === 'broken' ? (drafts.get(lab.name) ?? lab) : lab));
  for (const { name } of found) drafts.delete(name);
  return { labs: [...labs, ...drafts.values()], tasks };
}
