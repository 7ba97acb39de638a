import { expect, it } from 'vitest';
import { labPlanSchema, type LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planMode } from '../../../src-main/plan/plan-mode.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { labPlan, planRequest } from './example-plan.ts';

const { template } = planRequest();

function set(service: Partial<LabPlan['service']>, server: Partial<LabPlan['nodes'][number]> = {}): LabPlan {
  const plan = labPlan();
  return {
    ...plan,
    service: { ...plan.service, ...service },
    nodes: plan.nodes.map((node) => (node.name === 'rs2' ? { ...node, ...server } : node)),
  };
}

function stepOf(plan: LabPlan, id: string) {
  const step = planRecipe(modeOf(template, plan.mode).recipe, plan).find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
}

it.each<[string, Partial<LabPlan['service']>, string]>([
  ['nothing', {}, ''],
  ['persistence', { persistentSeconds: 300 }, ' -p 300'],
  ['its mask', { persistentSeconds: 300, netmask: '255.255.255.0' }, ' -p 300 -M 255.255.255.0'],
  ['flags, sorted', { schedulerFlags: ['sh-port', 'sh-fallback'] }, ' -b sh-fallback,sh-port'],
])('the service is made and verified with %s', (_, service, words) => {
  const { commands, verify } = stepOf(set(service), 'virtual-service');
  expect(commands).toEqual([`ipvsadm -A -t 10.10.0.100:80 -s rr${words}`]);
  expect(verify).toContain(`'-A -t 10.10.0.100:80 -s rr${words}'`);
});

it.each(['; reboot', " -p 1 -M 1.2.3.4'"])('flags that are more than flags are refused: %s', (flag) => {
  expect(() => stepOf(set({ schedulerFlags: [flag] }), 'virtual-service')).toThrow('{serviceFlags}');
});

it('a real server has its thresholds, in every mode', () => {
  const dr = set({}, { weight: 2, thresholds: { upper: 10, lower: 5 } });
  for (const mode of ['dr', 'nat', 'tun']) {
    const plan = planMode(dr, template, mode);
    expect(stepOf(plan, 'real-server-entry:rs2').commands[0]).toMatch(/ -w 2 -x 10 -y 5$/);
    expect(stepOf(plan, 'real-server-entry:rs2').verify).toMatch(/--thresholds .* \+10 \+5 '/);
    expect(stepOf(plan, 'real-server-entry:rs1').commands[0]).toMatch(/ -w 1$/);
  }
});

it('timeouts are a step of their own, where they are set', () => {
  const plan = set({ timeouts: { tcp: 800, tcpFin: 100, udp: 200 } });
  expect(stepOf(plan, 'idle-timeouts').commands).toEqual(['ipvsadm --set 800 100 200']);
  expect(() => stepOf(labPlan(), 'idle-timeouts')).toThrow('no step');
});

it('a plan of before, which had none of this, is read', () => {
  const plan = labPlan();
  const { vip, port, protocol, scheduler } = plan.service;
  const nodes = plan.nodes.map((node) => ({ ...node, thresholds: undefined }));
  expect(labPlanSchema.parse({ ...plan, service: { vip, port, protocol, scheduler }, nodes })).toEqual(plan);
});
