import { linux, type Libc } from './libc.ts';

/*
 * `struct mmsghdr` and what it points to, on 64-bit Linux (sendmmsg(2), recvmsg(2), cmsg(3)), as arrays of 32-bit
 * words. A header is 64 bytes: msg_name at word 0, msg_namelen 2, msg_iov 4, msg_iovlen 6, msg_control 8,
 * msg_controllen 10, msg_flags 12, msg_len 14. An iovec is 16 bytes: base at word 0, length 2.
 */
export const headerWords = 16;
export const vectorWords = 4;
export const word = {
  name: 0,
  nameLength: 2,
  vector: 4,
  vectors: 6,
  control: 8,
  controlLength: 10,
  flags: 12,
  length: 14,
};
/** `struct sockaddr_in`. */
export const addressBytes = 16;

/** Memory that the kernel reads or writes, its place in the address space, and the same as words. */
export interface SharedMemory {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly address: bigint;
}

/** Makes memory for the kernel. The owner must keep it referred to while addresses into it are in use. */
export function shareMemory(libc: Libc, length: number): SharedMemory {
  const bytes = Buffer.alloc(length);
  // Asking for `buffer` also takes small memory out of the collected heap, where it could move.
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(length / 4));
  return { bytes, words, address: libc.address(bytes) };
}

/** Writes a pointer at a word. */
export function setPointer(memory: SharedMemory, index: number, address: bigint): void {
  memory.bytes.writeBigUInt64LE(address, index * 4);
}

/** 127.0.0.1 and a port as `struct sockaddr_in` (ip(7)). */
export function loopbackAddress(libc: Libc, port: number): SharedMemory {
  const address = shareMemory(libc, addressBytes);
  address.bytes.writeUInt16LE(linux.AF_INET, 0);
  address.bytes.writeUInt16BE(port, 2);
  address.bytes.writeUInt32BE(0x7f000001, 4);
  return address;
}
