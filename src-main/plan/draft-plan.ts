import type { LabTemplate } from '../template/lab-template.ts';
import type { LabPlan } from './lab-plan.ts';
import { planLab, type PlanRequest } from './plan-lab.ts';
import type { PlannedStep } from './plan-recipe.ts';
import type { DoneStep } from './plan-switch.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

/** The plan of a lab that is only looked at: ports and UUIDs are nobody's. @throws LabError as `planLab` does. */
export function draftPlan(
  template: LabTemplate,
  request: Omit<PlanRequest, 'template' | 'name' | 'id' | 'allocate'>,
): LabPlan {
  const allocate = { port: () => 0, uuid: () => nobody };
  return planLab({ ...request, template, name: template.name, id: nobody, allocate });
}

/** Steps as a lab's record would hold them, had each of them changed something. */
export function asDone(steps: readonly PlannedStep[]): DoneStep[] {
  return steps.map(({ node, id, verify, commands, undo }) => ({
    ...{ node, id, undo },
    commands: [
      { stage: 'verify', command: verify },
      ...commands.map((command) => ({ stage: 'command', command })),
    ],
  }));
}
