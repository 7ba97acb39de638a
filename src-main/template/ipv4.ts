/** An IPv4 network: its first address as a number, and the length of its prefix. */
export interface Network {
  readonly first: number;
  readonly prefix: number;
}

/** The 32 bits of an address in dotted form; undefined when it is none. Octets with a leading zero are refused. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet))) return undefined;
  const numbers = octets.map(Number);
  if (numbers.some((number) => number > 255)) return undefined;
  // Multiplied, not shifted: JavaScript's shifts are signed.
  return numbers.reduce((bits, octet) => bits * 256 + octet, 0);
}

/** The dotted form of 32 bits. */
export function formatIpv4(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}

/** A subnet such as 10.10.0.0/24; undefined when it is none, or has bits set behind its prefix. */
export function parseSubnet(text: string): Network | undefined {
  const parsed = parseCidr(text);
  if (!parsed || parsed.address % sizeOf(parsed.prefix) !== 0) return undefined;
  return { first: parsed.address, prefix: parsed.prefix };
}

/** An address with the length of its prefix, such as 10.10.0.2/24; undefined when it is none. */
export function parseCidr(text: string): { address: number; prefix: number } | undefined {
  const match = /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text);
  const address = match?.[1] === undefined ? undefined : parseIpv4(match[1]);
  return address === undefined ? undefined : { address, prefix: Number(match?.[2]) };
}

/** Whether a host may have this address: it lies in the network, and is neither its first nor its last address. */
export function isHostAddress(address: number, { first, prefix }: Network): boolean {
  return address > first && address < first + sizeOf(prefix) - 1;
}

export function overlaps(one: Network, other: Network): boolean {
  return one.first < other.first + sizeOf(other.prefix) && other.first < one.first + sizeOf(one.prefix);
}

function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}
