/** A dotted IPv4 address as an unsigned number in host order; undefined for anything else. */
export function ipv4(address: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** `address:port` in two; the port is 0 where there is none. */
export function splitAddress(text: string): { readonly host: string; readonly port: number } {
  const at = text.lastIndexOf(':');
  if (at === -1) return { host: text, port: 0 };
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
}

/** The net of an address, as ip_vs_sched_persist() masks it; null is 255.255.255.255. */
export function netOf(address: number, netmask: string | null): number {
  const mask = netmask === null ? 0xffffffff : (ipv4(netmask) ?? 0xffffffff);
  return (address & mask) >>> 0;
}
