import type { GuestFacts } from './guest-facts.ts';
import type { LabView } from './lab-map.ts';

type Facts = Readonly<Record<string, GuestFacts>>;

/**
 * The lab with the addresses that its clients really have: a trainee may have given them others than the plan. What the
 * real servers and the director have is what the plan is held against, so theirs stay.
 */
export function asItIs<View extends LabView>(lab: View, facts: Facts): View {
  return {
    ...lab,
    nodes: lab.nodes.map((node) => {
      if (node.role !== 'client') return node;
      const nics = node.nics.map((nic) => {
        const [address] = facts[node.name]?.interfaces[nic.name]?.addresses ?? [];
        return address === undefined ? nic : { ...nic, address };
      });
      return { ...node, nics };
    }),
  };
}

/** The addresses of all clients, as they are. */
export function clientAddresses(facts: Facts, lab: LabView): string[] {
  return asItIs(lab, facts)
    .nodes.filter(({ role }) => role === 'client')
    .flatMap(({ nics }) => nics.flatMap(({ address }) => address?.split('/')[0] ?? []));
}
