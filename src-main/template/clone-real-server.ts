import { formatIpv4, parseIpv4 } from './ipv4.ts';

/** `rs2`, 1 makes `rs3`; undefined for a name that ends with no number. */
export function cloneName(name: string, offset: number): string | undefined {
  const match = /^(.*?)(\d+)$/.exec(name);
  return match ? `${match[1] ?? ''}${Number(match[2]) + offset}` : undefined;
}

/** A node's cables with each address so much higher; the gateway is the same. */
export function cloneCables<Cable extends { readonly address?: string | undefined }>(
  nics: Readonly<Record<string, Cable>>,
  offset: number,
): Record<string, Cable> {
  return Object.fromEntries(
    Object.entries(nics).map(([nic, cable]) => {
      const bits = cable.address === undefined ? undefined : parseIpv4(cable.address);
      return [nic, bits === undefined ? cable : { ...cable, address: formatIpv4(bits + offset) }];
    }),
  );
}
