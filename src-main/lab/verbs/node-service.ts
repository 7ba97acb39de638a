import { LabError } from '../../contract/lab-error.ts';
import type { NodeService } from '../../contract/nodes.ts';
import type { LabPlan, NodePlan } from '../../plan/lab-plan.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { runStep } from '../task.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

interface ServiceRequest {
  readonly node: string;
  readonly does: 'stop' | 'start';
}

/**
 * Stops or starts what a node serves with: a real server's web server, a director's health checker.
 * @throws LabError `bad-input` for a node that has none, `not-found` for one the lab has not, `guest-command-failed` where
 *   systemd could not.
 */
export async function nodeService(
  lab: OwnedLab,
  { node: name, does }: ServiceRequest,
  work: WorkOptions,
): Promise<NodeService> {
  demandReady(lab);
  const { plan } = lab.record;
  const node = plan.nodes.find((each) => each.name === name);
  const unit = node && serviceUnitOf(plan, node);
  if (!node || !unit) throw noService(plan, name, node);
  await demandNodesRun(lab, [node], 'Its service cannot be changed');
  const session = await sessionTo(lab, node, work.signal);
  const command = `systemctl ${does} ${unit}`;
  const title = `${does === 'stop' ? 'Stop' : 'Start'} ${unit}`;
  return runStep(work, { node: name, id: 'service', title }, async (tell) => {
    tell({ detail: command });
    const { exitCode, stdout, stderr } = await session.run(command, { signal: work.signal });
    const output = [stdout, stderr].join('').trim();
    if (exitCode === 0) {
      const ran = [{ stage: 'command' as const, command, exitCode, output }];
      return { node: name, unit, commands: [command], ran };
    }
    throw new LabError('guest-command-failed', `\`${command}\` failed on ${name}.`, {
      node: name,
      why: output || `exit code ${exitCode}`,
      remedy: `In a shell of ${name}: systemctl status ${unit}; journalctl -u ${unit}`,
    });
  });
}

/** The systemd unit by which a node does its work, as its recipe started it; undefined where it has none. Pure. */
export function serviceUnitOf(
  { guest: { traits }, options }: Pick<LabPlan, 'guest' | 'options'>,
  { role }: Pick<NodePlan, 'role'>,
): string | undefined {
  if (role === 'real-server') return traits[options['webServer'] === 'apache' ? 'apache' : 'nginx'].service;
  if (role !== 'director') return undefined;
  return { keepalived: 'keepalived', loop: 'lvs-health' }[options['health'] ?? ''];
}

function noService(plan: LabPlan, name: string, node: NodePlan | undefined): LabError {
  if (!node)
    return new LabError('not-found', `The lab '${plan.name}' has no node '${name}'.`, {
      remedy: `Its nodes: ${plan.nodes.map((each) => each.name).join(', ')}.`,
    });
  return new LabError('bad-input', `${name} has no service of its own that could be stopped or started.`, {
    node: name,
    why:
      node.role === 'director'
        ? "ip_vs is in the kernel; a health checker runs only in a lab that was started with the option 'health'."
        : 'Only real servers, and a director with a health checker, have one.',
    remedy: `The node itself: lvslab stop ${plan.name} ${name}`,
  });
}
