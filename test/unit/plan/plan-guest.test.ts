import { expect, it } from 'vitest';
import { embeddedTraits } from '../../../src-main/family/guest-traits.ts';
import { embeddedGuest, labPlanSchema } from '../../../src-main/plan/lab-plan.ts';
import { planLab } from '../../../src-main/plan/plan-lab.ts';
import { labPlan, planRequest } from './example-plan.ts';

it('plans the embedded guest unless told another, and reads plans of before there were others', () => {
  const plan = labPlan();
  expect(plan.guest).toEqual(embeddedGuest);
  expect(labPlanSchema.parse({ ...plan, guest: undefined })).toEqual(plan);
});

it('gives a node what the template says, and at least what its image needs', () => {
  const traits = { ...embeddedTraits, family: 'rhel' as const, title: 'CentOS Stream 9' };
  const memory = (memoryMiB: number) =>
    planLab({ ...planRequest(), guest: { image: 'centos-stream-9', memoryMiB, traits } });
  const template = labPlan().nodes.map((node) => node.memoryMiB);
  expect(memory(1).nodes.map((node) => node.memoryMiB)).toEqual(template);
  expect(memory(1024).nodes.map((node) => node.memoryMiB)).toEqual(template.map(() => 1024));
  expect(memory(1024).guest).toEqual({ image: 'centos-stream-9', traits });
});
