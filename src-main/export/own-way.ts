import { keptNetwork, keptStep, lastOfEach } from '../family/keep-step.ts';
import type { ExportSource } from './export-source.ts';

const keepers = {
  'network-manager': 'NetworkManager',
  'network-scripts': 'network-scripts',
  networkd: 'systemd-networkd',
} as const;

/** How the guests' own family would keep the addresses, in words of a README.md; nothing where nobody keeps them. Pure. */
export function ownWayOfAddresses(source: ExportSource): string[] {
  const { network, title } = source.plan.guest.traits;
  if (network === 'none') return [];
  return [
    `## The addresses in the way of ${title}`,
    `There ${keepers[network]} keeps addresses. It can keep these too, in the place of \`lvs-up\`, which then finds them: the NICs must be left to it for that, and ARP must be kept quiet (\`90-lvs.conf\`) before a real server has the virtual IP address. An address of tunl0 is better left to \`lvs-up\`.`,
    ...nodesAsTyped(source, keptNetwork),
  ];
}

/** How they would keep all that they can, in words of a README.md. Pure. */
export function ownWay(source: ExportSource): string[] {
  const { network, title } = source.plan.guest.traits;
  const nodes = nodesAsTyped(source, keptStep);
  if (nodes.length === 0) return [];
  const addresses =
    network === 'none'
      ? 'There nothing keeps addresses and routes.'
      : `There ${keepers[network]} keeps addresses: the NICs must be left to it for that.`;
  return [
    `## Over a restart, in the way of ${title}`,
    `What the scripts do is gone when a machine starts anew. Typed as root once they have run, this stays. ${addresses} What is not named here, such as tunl0 and its address or rules of a firewall, is not kept; \`lvslab export units\` writes files that keep all of it.`,
    ...nodes,
  ];
}

/** In the order of the steps; what several of them need stands once. */
function nodesAsTyped({ plan, steps }: ExportSource, kept: typeof keptStep): string[] {
  return plan.nodes.flatMap(({ name }) => {
    const own = steps.filter(({ node }) => node === name);
    const lines = lastOfEach(own.flatMap((step) => kept(plan.guest.traits, step)));
    return lines.length === 0 ? [] : [`On ${name}:\n\n\`\`\`\n${lines.join('\n')}\n\`\`\``];
  });
}
