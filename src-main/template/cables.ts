import { isHostAddress, parseIpv4, parseSubnet } from './ipv4.ts';
import type { TemplateFile } from './template-schema.ts';

/** The nodes that a template's modes name, each with its place in the file. */
export function nodeEntries({ modes }: TemplateFile) {
  return Object.entries(modes).flatMap(([mode, { cabling }]) =>
    Object.entries(cabling).map(([name, nics]) => ({
      mode,
      name,
      nics,
      path: ['modes', mode, 'cabling', name],
    })),
  );
}

/** All cables of all modes, each with its place in the file. */
export function cables(template: TemplateFile) {
  return nodeEntries(template).flatMap(({ mode, name: node, nics, path }) =>
    Object.entries(nics).map(([nic, cable]) => ({ mode, node, nic, ...cable, path: [...path, nic] })),
  );
}

/** Whether a host of the subnet may have the address. True as well of what is no address or no subnet: that is told elsewhere. */
export function mayBeHost(address: string, subnet: string): boolean {
  const [bits, network] = [parseIpv4(address), parseSubnet(subnet)];
  return bits === undefined || !network || isHostAddress(bits, network);
}
