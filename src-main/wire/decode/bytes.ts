import type { Opaque } from './decoded-frame.ts';

/*
 * Numbers out of bytes in network order. Beyond the end they read as 0: every decoder asks for the length first.
 */

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

export function u32(bytes: Uint8Array, at: number): number {
  // Unsigned: JavaScript's shifts are not.
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
}

/** What is not taken apart; with a fault, because its bytes break a rule. */
export function opaque(bytes: Uint8Array, fault?: string): Opaque {
  return fault === undefined ? { kind: 'opaque', bytes } : { kind: 'opaque', bytes, fault };
}

/** The fault of a header that ends before it should. */
export function cutShort(what: string, bytes: Uint8Array, wanted: number): Opaque {
  return opaque(bytes, `${what} cut short: ${bytes.length} of ${wanted} bytes`);
}
