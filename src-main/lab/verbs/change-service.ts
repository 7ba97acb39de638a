import { LabError } from '../../contract/lab-error.ts';
import type { StepOutput } from '../../contract/step-output.ts';
import type { ChangedService, ServiceChanges } from '../../contract/service-changes.ts';
import type { GuestShell } from '../../guest/guest-session.ts';
import type { IpvsEdit } from '../../ipvs/change-ipvs.ts';
import { probeSchedulers } from '../../ipvs/probe-schedulers.ts';
import { readIpvs } from '../../ipvs/read-ipvs.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../plan/plan-recipe.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { applyRecipe } from '../apply-recipe.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import type { AppliedStep } from '../../plan/applied-step.ts';
import { changedSteps, inOrder, takenOver } from '../recipe-changes.ts';
import { keyOf } from '../recipe-record.ts';
import { nodeOfRole, sessionOf } from '../running-lab.ts';
import { planServiceChange } from '../service-edits.ts';
import { reportService } from '../service-report.ts';
import { runStep, throwIfCancelled } from '../task.ts';
import { findDrift } from '../verify-recipe.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

/**
 * Changes the virtual service and its real servers in place: connections that are open stay. The lab's plan and the
 * record of its recipe follow, so that drift, a switch of mode, a restart and a reset agree with it. What fails or is
 * cancelled half-way is undone.
 * @throws LabError `bad-input` when the lab is not ready, or for a scheduler, real server or value that is not to be had:
 *   nothing is changed then; `guest-command-failed` for a command that failed on the director.
 */
export async function changeService(
  lab: OwnedLab,
  changes: ServiceChanges,
  work: WorkOptions,
): Promise<ChangedService> {
  demandReady(lab);
  const { plan } = lab.record;
  const node = nodeOfRole(lab, 'director');
  await demandNodesRun(lab, [node], 'The service cannot be changed');
  const director = await sessionTo(lab, node, work.signal);
  const wanted = await runStep(work, { node: node.name, id: 'read', title: 'Read the table' }, async () => {
    const snapshot = await readIpvs(director, { signal: work.signal, mostConnections: 1 });
    const offered =
      changes.scheduler === undefined ? undefined : await probeSchedulers(director, work.signal);
    return planServiceChange(plan, changes, { snapshot, offered });
  });
  const commands = wanted.edits.map(({ command }) => command);
  const step = { node: node.name, id: 'change', title: 'Change the virtual service' };
  const ran = await runStep(work, step, async (tell) => {
    tell({ detail: commands.join('; ') });
    return carryOutEdits(director, wanted.edits, work.signal, () => follow(lab, wanted.plan, work));
  });
  const snapshot = await readIpvs(director, { signal: work.signal, mostConnections: 1 });
  const show = { stage: 'show' as const, command: 'ipvsadm -Sn', exitCode: 0, output: snapshot.rules.trim() };
  return { ...reportService(snapshot, lab.record.plan), commands, ran: [...ran, show] };
}

/**
 * Runs each edit and looks whether the kernel has it, then does what is to follow. When anything of it fails, what was
 * run is undone, the last first.
 * @returns What was run, each with what it said.
 */
export async function carryOutEdits(
  director: GuestShell,
  edits: readonly IpvsEdit[],
  signal: AbortSignal,
  andThen: () => Promise<void>,
): Promise<StepOutput[]> {
  const begun: IpvsEdit[] = [];
  const ran: StepOutput[] = [];
  try {
    for (const edit of edits) {
      throwIfCancelled(signal);
      begun.unshift(edit);
      // Let to its end by itself: it takes no time, and it is known then what it changed.
      const { exitCode, stdout, stderr } = await director.run(`{ ${edit.command}; } && ${edit.verify}`);
      if (exitCode !== 0) throw failed(edit, (stderr || stdout).trim() || `exit code ${exitCode}`);
      const output = [stdout, stderr].join('').trim();
      ran.push({ stage: 'command', command: edit.command, exitCode, output });
    }
    await andThen();
    return ran;
  } catch (error) {
    for (const { undo } of begun) await director.run(undo).catch(() => undefined);
    throw error;
  }
}

function failed({ command }: IpvsEdit, why: string): LabError {
  return new LabError('guest-command-failed', `\`${command}\` failed on the director.`, {
    why,
    remedy: 'What was changed has been set back.',
  });
}

/**
 * Has the record say what the director has now; the steps that differ are verified on it. One that does not hold, since
 * other fields of it were set by hand, stays a drift: what was asked for is done all the same.
 */
async function follow(lab: OwnedLab, plan: LabPlan, work: WorkOptions): Promise<void> {
  const template = await loadTemplate(lab.context.templatesFolder, plan.template);
  const { recipe } = modeOf(template, plan.mode);
  const steps = planRecipe(recipe, plan);
  const changed = changedSteps(planRecipe(recipe, lab.record.plan), steps);
  const shells = { shellOf: (node: string) => sessionOf(lab, node), signal: work.signal };
  const drift = await findDrift({ steps: changed, ...shells });
  const otherwise = changed.filter((step) => drift.some((each) => each.step === step));
  const holding = changed.filter((step) => !otherwise.includes(step));
  const previous = takenOver(lab.record.applied, changed);
  const applied: AppliedStep[] = [
    ...(await applyRecipe({ steps: holding, previous, ...shells })),
    ...notHeld(previous, otherwise),
  ];
  const keys = new Set(applied.map(keyOf));
  const others = lab.record.applied.filter((step) => !keys.has(keyOf(step)));
  await saveRecord(lab, { plan, applied: inOrder([...others, ...applied], steps) });
}

/** Steps as they are undone later: what tells whether there is anything to undo is their own check. */
function notHeld(record: readonly AppliedStep[], steps: readonly PlannedStep[]): AppliedStep[] {
  return steps.flatMap((step) => {
    const taken = record.find((each) => keyOf(each) === keyOf(step));
    const check = { stage: 'verify' as const, command: step.verify, exitCode: 1, output: '' };
    return taken ? [{ ...taken, commands: [check] }] : [];
  });
}
