import type { ControlRequest } from '../contract/lab-control.ts';
import { adoptLab } from './adopt-lab.ts';
import { askOwner } from './control-client.ts';
import { handOver, type HoldCommand } from './hold-lab.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { tryLabLock } from './lab-lock.ts';
import { demandOwn } from './lab-maker.ts';
import { labFolder, readRecord } from './lab-record.ts';
import { demandVerb, isGoingOn, labVerbs } from './lab-states.ts';
import { letGo } from './owned-lab.ts';
import { handleRequest } from './owner-service.ts';

/**
 * Has a verb carried out on a lab: by the process that owns it, or here when none does; the lab then goes on in a
 * process of its own where it runs afterwards.
 * @throws LabError what the verb throws; `not-found` for no such lab.
 */
export async function askLab(
  context: LabContext,
  name: string,
  request: ControlRequest,
  { command, ...work }: WorkOptions & { readonly command: HoldCommand },
): Promise<unknown> {
  const { state, maker } = await readRecord(context.dataFolder, name);
  demandOwn(name, maker);
  const lock = await tryLabLock(context.dataFolder, name);
  if (!lock) return askOwner(labFolder(context.dataFolder, name), request, work);
  try {
    const verb = labVerbs.find((each) => each === request.verb);
    if (verb && !isGoingOn(verb, state)) demandVerb(name, state, verb);
  } catch (error) {
    await lock.release();
    throw error;
  }
  const lab = await adoptLab(context, name, lock);
  try {
    return await handleRequest(lab, request, work);
  } finally {
    await (lab.record.state === 'ready' ? handOver(lab, command) : letGo(lab));
  }
}
