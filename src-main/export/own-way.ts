import { keptAddress, type AddressTerms, type KeptAddress } from '../family/keep-address.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { ExportSource } from './export-source.ts';

const keepers = {
  'network-manager': 'NetworkManager',
  'network-scripts': 'network-scripts',
  networkd: 'systemd-networkd',
} as const;

/** How the guests' own family would keep the addresses, in words of a README.md; nothing where nobody keeps them. Pure. */
export function ownWay(source: ExportSource): string[] {
  const { network, title } = source.plan.guest.traits;
  if (network === 'none') return [];
  const nodes = source.plan.nodes.flatMap((node) => {
    const kept = addressesOf(source, node).flatMap((terms) => keptAddress({ network }, terms) ?? []);
    return kept.length === 0 ? [] : [`On ${node.name}:\n\n\`\`\`\n${kept.map(asTyped).join('\n')}\n\`\`\``];
  });
  return [
    `## The addresses in the way of ${title}`,
    `There ${keepers[network]} keeps addresses. It can keep these too, in the place of \`lvs-up\`, which then finds them: the NICs must be left to it for that, and ARP must be kept quiet (\`90-lvs.conf\`) before a real server has the virtual IP address. An address of tunl0 is better left to \`lvs-up\`.`,
    ...nodes,
  ];
}

/** In the order in which the steps add them. tunl0 is there only once its module is loaded. */
function addressesOf({ plan, steps }: ExportSource, { name, nics }: NodePlan): AddressTerms[] {
  const commands = steps.filter(({ node }) => node === name).flatMap((step) => step.commands);
  return commands.flatMap((command) => {
    const [, address, nic] = /^ip address add (\S+) dev (lo|eth\d)\b/.exec(command) ?? [];
    if (address === undefined || nic === undefined) return [];
    const alias = address === `${plan.service.vip}/32`;
    const gateway = alias ? null : (nics.find((each) => each.name === nic)?.gateway ?? null);
    return { nic, address, gateway, alias };
  });
}

function asTyped({ files, commands }: KeptAddress): string {
  const written = Object.entries(files).map(([file, content]) => `cat >${file} <<'EOF'\n${content}EOF`);
  return [...written, ...commands].join('\n');
}
