import type { LabPlan, NicPlan } from '../plan/lab-plan.ts';
import type { ExportSource } from './export-source.ts';
import type { Turn } from './order-turns.ts';
import { keepFolder } from './script-parts.ts';

/** The README.md beside exported scripts: which machines they are for, in which order they are run, and what then works. */
export function readme({ plan, modeTitle, steps }: ExportSource, turns: readonly Turn[]): string {
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
    nodeTable(plan),
    `NICs of one segment are on one LAN. ${serviceWords(plan)}`,
    'The machines need iproute2, kmod, procps, systemd, ipvsadm on the director, and on each real server the web server that its script starts, installed and stopped.',
    ...macRemark(plan, steps),
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
    '',
  ].join('\n\n');
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
  return `The virtual service is ${vip}, ${protocol} port ${port}, scheduled by ${scheduler}. The scripts set the addresses.`;
}

/** Some steps look for a MAC address, and only a lab's own machines have those of its plan. */
function macRemark({ nodes }: LabPlan, steps: ExportSource['steps']): string[] {
  return nodes.flatMap(({ name, nics }) =>
    nics.flatMap((nic) => {
      const users = steps.filter((step) => textOf(step).includes(nic.mac)).map(({ node }) => node);
      return users.length > 0 ? [macWords(name, nic, [...new Set(users)])] : [];
    }),
  );
}

function textOf({ verify, commands, undo }: ExportSource['steps'][number]): string {
  return [verify, ...commands, ...undo].join('\n');
}

function macWords(node: string, nic: NicPlan, users: readonly string[]): string {
  const scripts = users.map((user) => `\`${user}.sh\``).join(' and ');
  return `${scripts} names the MAC address ${nic.mac} of ${node}'s ${nic.name}: where that is another, put the right one there.`;
}

function clientRemark({ nodes, service: { vip, port, protocol } }: LabPlan): string[] {
  const client = nodes.find(({ role }) => role === 'client');
  if (!client || protocol !== 'tcp') return [];
  const url = `http://${vip}${port === 80 ? '' : `:${port}`}/`;
  return [`Then, on ${client.name}: \`for n in 1 2 3 4; do curl -s -m 5 ${url}; done\``];
}
