import { u16, u32, u8 } from './bytes.ts';

/**
 * A lab has few addresses and very many frames: each is written out once. Forgotten when there are too many, so that
 * a guest that makes addresses up cannot fill the memory.
 */
const keptAtMost = 4096;
const ips = new Map<number, string>();
const macs = new Map<number, string>();

/** Four bytes as a dotted address. */
export function ipv4At(bytes: Uint8Array, at: number): string {
  return kept(ips, u32(bytes, at), dotted);
}

/** Six bytes as a MAC, lower-case with colons. */
export function macAt(bytes: Uint8Array, at: number): string {
  return kept(macs, u16(bytes, at) * 2 ** 32 + u32(bytes, at + 2), colons);
}

function kept(texts: Map<number, string>, address: number, write: (address: number) => string): string {
  const known = texts.get(address);
  if (known !== undefined) return known;
  if (texts.size >= keptAtMost) texts.clear();
  const text = write(address);
  texts.set(address, text);
  return text;
}

function dotted(address: number): string {
  const bytes = Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address);
  return [0, 1, 2, 3].map((at) => u8(bytes, at)).join('.');
}

function colons(address: number): string {
  return address
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:');
}
