import type { LabTemplate } from '../template/lab-template.ts';
import { withRealServers } from '../template/with-real-servers.ts';
import type { LabPlan } from './lab-plan.ts';
import { modeOf, placeOf } from './plan-lab.ts';

/**
 * The plan of a lab in another of its modes: the same machines, with the cables and addresses of that mode. Pure.
 * @throws LabError `bad-input` for a mode, or a number of real servers, that the template has not.
 */
export function planMode(plan: LabPlan, template: LabTemplate, mode: string): LabPlan {
  const servers = plan.nodes.filter(({ role }) => role === 'real-server');
  const sized = withRealServers(template, servers.length);
  const target = modeOf(sized, mode);
  return {
    ...plan,
    mode,
    nodes: plan.nodes.map((node) => ({
      ...node,
      nics: node.nics.map((nic) => ({ ...nic, ...placeOf(sized, target, node.name, nic.name) })),
    })),
  };
}
