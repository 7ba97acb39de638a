import type { ControlRequest } from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import { askLab } from '../lab/ask-lab.ts';
import type { HoldCommand } from '../lab/hold-lab.ts';
import type { LabContext, WorkOptions } from '../lab/lab-context.ts';
import { readRecord, type LabRecord } from '../lab/lab-record.ts';
import { handleRequest } from '../lab/owner-service.ts';
import { isAlive } from '../lab/process-identity.ts';
import type { OwnedLabs } from './owned-labs.ts';

/**
 * Has a verb carried out by whoever owns the lab, in this process or another.
 * @throws LabError what the verb throws; `not-found` for no such lab; `bad-input` where its wires are asked for and
 *   nobody runs its switch.
 */
export type AskLab = (
  lab: string,
  request: ControlRequest,
  work: Partial<WorkOptions> & { readonly signal: AbortSignal },
) => Promise<unknown>;

/** What can be asked of a switch that runs, and is no reason to start one. */
const ofTheSwitch: readonly ControlRequest['verb'][] = ['watch', 'frames', 'frame', 'capture'];

export function createAskLab({
  context,
  owned,
  hold,
}: {
  readonly context: LabContext;
  readonly owned: OwnedLabs;
  readonly hold: HoldCommand;
}): AskLab {
  return async (name, request, given) => {
    const work = { onProgress: () => undefined, ...given };
    const here = await owned.use(name, work, (lab, within) => handleRequest(lab, request, within));
    if (here) return here.result;
    const record = await readRecord(context.dataFolder, name);
    if (isAlive(record.owner)) {
      if (record.owner.pid === process.pid) throw notYet(record);
    } else if (ofTheSwitch.includes(request.verb)) throw doesNotRun(record);
    return askLab(context, name, request, { ...work, command: hold });
  };
}

function notYet({ plan, state }: LabRecord): LabError {
  return new LabError('lab-busy', `The lab '${plan.name}' is ${state}.`, {
    remedy: 'Wait until it is ready.',
  });
}

function doesNotRun({ plan, state }: LabRecord): LabError {
  return new LabError('bad-input', `The lab '${plan.name}' does not run: there is nothing on its wires.`, {
    why: `It is ${state}, and no process runs its switch.`,
    remedy: state === 'suspended' ? 'Resume it first.' : 'Reset it first.',
  });
}
