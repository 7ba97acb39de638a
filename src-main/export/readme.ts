import type { LabPlan, NicPlan } from '../plan/lab-plan.ts';
import type { ExportSource } from './export-source.ts';
import type { Turn } from './order-turns.ts';
import { ownWay } from './own-way.ts';
import { keepFolder } from './script-parts.ts';

/** The README.md beside exported scripts: which machines they are for, in which order they are run, and what then works. */
export function readme(source: ExportSource, turns: readonly Turn[]): string {
  const { plan, modeTitle, steps } = source;
  const nodes = [...new Set(turns.map(({ node }) => node))];
  const several = nodes.filter((name) => turns.filter(({ node }) => node === name).length > 1);
  const call = ({ node }: Turn, index: number) => {
    const turn = turns.slice(0, index + 1).filter((each) => each.node === node).length;
    return several.includes(node) ? `sh ${node}.sh ${turn}` : `sh ${node}.sh`;
  };
  return [
    `# ${plan.template}: ${modeTitle}`,
    `Scripts that set up the mode \`${plan.mode}\` of the lab \`${plan.template}\` by hand, written by LVS Lab.`,
    '## Machines',
    ...machineWords(plan),
    ...macRemark(plan, steps, (node) => `${node}.sh`),
    '## Order',
    'Copy each script to its machine and run it there as root, one after the other:',
    turns.map((turn, index) => `${index + 1}. on ${turn.node}: \`${call(turn, index)}\``).join('\n'),
    'A script that is run again changes nothing where all of it holds. With `--dry-run` it prints its commands and runs none.',
    ...clientRemark(plan),
    '## Back',
    `On each machine, as root: ${nodes
      .toReversed()
      .map((node) => `\`sh undo-${node}.sh\` on ${node}`)
      .join(', ')}. What was before is kept in \`${keepFolder}\` on each machine until then.`,
    ...ownWay(source),
    '',
  ].join('\n\n');
}

/** What the machines must be, whatever sets them up. */
export function machineWords(plan: LabPlan): string[] {
  return [
    nodeTable(plan),
    `NICs of one segment are on one LAN. ${serviceWords(plan)} The addresses are set by what is here.`,
    'The machines need iproute2, kmod, procps, systemd, ipvsadm on the director, and on each real server the web server that is started there, installed and stopped.',
  ];
}

function nodeTable({ nodes }: LabPlan): string {
  const rows = nodes.flatMap(({ name, role, nics }) =>
    nics.map((nic) => [
      ...[name, role, nic.name, nic.segment ?? 'unplugged'],
      ...[nic.address ?? 'none', nic.gateway ?? 'none', nic.mac],
    ]),
  );
  const head = ['machine', 'role', 'NIC', 'segment', 'address', 'gateway', 'MAC in the lab'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function serviceWords({ service }: LabPlan): string {
  const { vip, port, protocol, scheduler } = service;
  return `The virtual service is ${vip}, ${protocol} port ${port}, scheduled by ${scheduler}.`;
}

/**
 * Some steps look for a MAC address, and only a lab's own machines have those of its plan.
 * @param scriptOf What names it on a node.
 */
export function macRemark(
  { nodes }: LabPlan,
  steps: ExportSource['steps'],
  scriptOf: (node: string) => string,
): string[] {
  return nodes.flatMap(({ name, nics }) =>
    nics.flatMap((nic) => {
      const users = steps.filter((step) => textOf(step).includes(nic.mac)).map(({ node }) => node);
      return users.length > 0 ? [macWords(name, nic, [...new Set(users)].map(scriptOf))] : [];
    }),
  );
}

function textOf({ verify, commands, undo }: ExportSource['steps'][number]): string {
  return [verify, ...commands, ...undo].join('\n');
}

function macWords(node: string, nic: NicPlan, scripts: readonly string[]): string {
  return `${scripts.map((script) => `\`${script}\``).join(' and ')} names the MAC address ${nic.mac} of ${node}'s ${nic.name}: where that is another, put the right one there.`;
}

/** How the client sees that it works. */
export function clientRemark({ nodes, service: { vip, port, protocol } }: LabPlan): string[] {
  const client = nodes.find(({ role }) => role === 'client');
  if (!client || protocol !== 'tcp') return [];
  const url = `http://${vip}${port === 80 ? '' : `:${port}`}/`;
  return [`Then, on ${client.name}: \`for n in 1 2 3 4; do curl -s -m 5 ${url}; done\``];
}
