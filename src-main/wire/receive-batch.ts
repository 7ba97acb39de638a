import { linux, type Libc } from './libc.ts';
import {
  addressBytes,
  headerWords,
  setPointer,
  shareMemory,
  vectorWords,
  word,
  type SharedMemory,
} from './message-vectors.ts';

/** How many datagrams one call takes from the kernel at most. */
export const batchSize = 64;
/**
 * The longest datagram that is taken: jumbo frames of 9000 bytes and more. The 128 keep the slots from falling on the
 * same lines of the processor's cache.
 */
export const slotBytes = 16 * 1024 + 128;

/** The datagrams of one `recvmmsg`, each in a slot of its own. */
export interface ReceiveBatch {
  readonly slots: SharedMemory;
  /** Reads what a socket holds; the number of slots filled, 0 when there is nothing. */
  receive(fd: number): number;
  lengthOf(slot: number): number;
  truncated(slot: number): boolean;
  /** Memory that only the kernel sees, through a pointer: referred to, so that it is not collected. */
  readonly held: readonly SharedMemory[];
  /** Whether a datagram came from an address as `loopbackAddress` makes it, taken as words. */
  cameFrom(slot: number, sender: Uint32Array): boolean;
}

export function createReceiveBatch(libc: Libc): ReceiveBatch {
  const slots = shareMemory(libc, batchSize * slotBytes);
  const senders = shareMemory(libc, batchSize * addressBytes);
  const vectors = shareMemory(libc, batchSize * vectorWords * 4);
  const headers = shareMemory(libc, batchSize * headerWords * 4);
  for (let slot = 0; slot < batchSize; slot++) {
    setPointer(vectors, slot * vectorWords, slots.address + BigInt(slot * slotBytes));
    vectors.words[slot * vectorWords + 2] = slotBytes;
    setPointer(headers, slot * headerWords + word.name, senders.address + BigInt(slot * addressBytes));
    setPointer(headers, slot * headerWords + word.vector, vectors.address + BigInt(slot * vectorWords * 4));
    headers.words[slot * headerWords + word.vectors] = 1;
  }
  const senderWords = addressBytes / 4;
  return {
    slots,
    receive(fd) {
      // The kernel writes the sender's length here, and takes it for the room there is the next time.
      for (let slot = 0; slot < batchSize; slot++)
        headers.words[slot * headerWords + word.nameLength] = addressBytes;
      return Math.max(0, libc.recvmmsg(fd, headers.bytes, batchSize, linux.MSG_DONTWAIT, null));
    },
    lengthOf: (slot) => headers.words[slot * headerWords + word.length] ?? 0,
    truncated: (slot) => ((headers.words[slot * headerWords + word.flags] ?? 0) & linux.MSG_TRUNC) !== 0,
    cameFrom: (slot, sender) =>
      senders.words[slot * senderWords] === sender[0] && senders.words[slot * senderWords + 1] === sender[1],
    held: [vectors],
  };
}
