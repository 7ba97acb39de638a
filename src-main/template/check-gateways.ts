import { cables } from './cables.ts';
import { parseIpv4 } from './ipv4.ts';
import { didYouMean } from './near-miss.ts';
import type { TemplateFile } from './template-schema.ts';
import type { Problem } from './yaml-source.ts';

type Cable = ReturnType<typeof cables>[number];

/** A gateway is another node's address on the same segment, and a node has one at most: it is its default route. */
export function checkGateways(template: TemplateFile): Problem[] {
  const all = cables(template);
  return all.flatMap((cable) => {
    const { gateway, path } = cable;
    if (gateway === undefined || parseIpv4(gateway) === undefined) return [];
    const words = wrongGateway(cable, gateway, all);
    return words === undefined ? [] : [{ path: [...path, 'gateway'], words }];
  });
}

function wrongGateway(cable: Cable, gateway: string, all: readonly Cable[]): string | undefined {
  const { mode, node, nic, segment } = cable;
  if (cable.address === undefined)
    return `'${node}' has no address of its own on ${nic} to reach a gateway from`;
  const inMode = all.filter((other) => other.mode === mode);
  const neighbours = inMode
    .filter((other) => other.segment === segment && other.node !== node)
    .flatMap(({ address }) => address ?? []);
  if (!neighbours.includes(gateway)) {
    const hint = didYouMean(gateway, neighbours);
    return `${gateway} is the address of no other node on '${segment}' in mode '${mode}'.${hint}`;
  }
  const first = inMode.find((other) => other.node === node && other.gateway !== undefined);
  return first?.nic === nic ? undefined : `'${node}' has its default route already, by ${first?.nic ?? ''}`;
}
