import type { Checker } from '../../contract/health-drill.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { GuestShell } from '../../guest/guest-session.ts';
import { readMarkedTable } from '../../ipvs/read-ipvs.ts';
import type { LabPlan, NodePlan } from '../../plan/lab-plan.ts';
import { answerOf, entriesOf } from '../virtual-service.ts';

/** The real server of that name; the last one without. @throws LabError `bad-input` */
export function realServerOf({ name: lab, nodes }: LabPlan, name: string | undefined): NodePlan {
  const servers = nodes.filter(({ role }) => role === 'real-server');
  const found = name === undefined ? servers.at(-1) : servers.find((each) => each.name === name);
  if (found) return found;
  throw new LabError('bad-input', `The lab '${lab}' has no real server '${name ?? ''}'.`, {
    remedy: `Its real servers: ${servers.map((each) => each.name).join(', ')}.`,
  });
}

/**
 * The weight of a real server in the service that takes the lab's requests, the largest where it has several entries;
 * null where it has none.
 */
export async function weightOf(
  director: GuestShell,
  plan: Pick<LabPlan, 'service'>,
  node: NodePlan,
): Promise<number | null> {
  const { service } = answerOf(await readMarkedTable(director), plan);
  const weights = entriesOf(service?.servers ?? [], node).map(({ weight }) => weight);
  return weights.length === 0 ? null : Math.max(...weights);
}

/** The systemd unit of the web server that runs there. @throws LabError `bad-input` when there is none. */
export async function webServerOn(
  server: GuestShell,
  node: string,
  { guest: { traits } }: Pick<LabPlan, 'guest'>,
): Promise<string> {
  const units = `${traits.nginx.service} ${traits.apache.service}`;
  const ask = `for unit in ${units}; do ! systemctl is-active --quiet $unit || echo $unit; done`;
  const [unit] = (await server.run(ask)).stdout.trim().split('\n');
  if (unit) return unit;
  throw new LabError('bad-input', `No web server runs on ${node}.`, {
    node,
    remedy: "'lvslab drift' tells how it is started.",
  });
}

/** What checks the real servers from a director, whoever started it. */
export async function checkerOn(director: GuestShell): Promise<Checker | null> {
  const { stdout } = await director.run('systemctl is-active lvs-health keepalived');
  const [loop, keepalived] = stdout.trim().split('\n');
  if (loop === 'active') return 'loop';
  return keepalived === 'active' ? 'keepalived' : null;
}

/** Whether the director's clients leave a server of weight 0 that they are bound to; null where it does not tell. */
export async function expiresTemplates(director: GuestShell, signal: AbortSignal): Promise<boolean | null> {
  const { exitCode, stdout } = await director.run('cat /proc/sys/net/ipv4/vs/expire_quiescent_template', {
    signal,
  });
  return exitCode === 0 && /^\d+$/.test(stdout.trim()) ? Number(stdout) !== 0 : null;
}
