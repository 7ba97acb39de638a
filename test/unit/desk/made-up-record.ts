import type { LabRecord } from '../../../src-main/lab/lab-record.ts';
import { ownIdentity } from '../../../src-main/lab/process-identity.ts';
import { modeOf, planLab } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';

/** A lab in mode dr, whose first step on each node was done and whose others were not come to. */
export function madeUpRecord(template: LabTemplate): LabRecord {
  let [uuids, ports] = [0, 40_000];
  const allocate = { uuid: () => `uuid-${++uuids}`, port: () => ++ports };
  const plan = planLab({ template, mode: 'dr', name: 'mine', id: '0'.repeat(36), allocate });
  const steps = planRecipe(modeOf(template, 'dr').recipe, plan);
  return {
    ...{ revision: 2, state: 'ready', verb: null, failure: null, plan, image: 'image', warm: [] },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', owner: ownIdentity(), hostKeys: {} },
    ...{ access: { user: 'root', keyPath: '/key' }, impairments: { 'rs1:eth0': { from: { loss: 0.1 } } } },
    applied: plan.nodes.flatMap(({ name }) => {
      const [step] = steps.filter(({ node }) => node === name);
      if (!step) return [];
      const ran = step.commands.map((command) => ({
        ...{ stage: 'command' as const, command, exitCode: 0, output: `${name} did` },
      }));
      const verify = { stage: 'verify' as const, command: step.verify, exitCode: 1, output: '' };
      return {
        ...{ node: name, id: step.id, title: step.title.en, state: 'applied' as const, milliseconds: 7 },
        ...{ undo: [`undo on ${name}`], commands: [verify, ...ran] },
      };
    }),
  };
}
