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
import { batchSize, slotBytes, type ReceiveBatch } from './receive-batch.ts';

/** `struct cmsghdr` with a 16-bit value (cmsg(3), udp(7) UDP_SEGMENT). */
const control = { bytes: 32, length: 18, space: 24, valueAt: 16 };
/** Frames that the kernel takes as one message and cuts apart itself: its own bounds (UDP_MAX_SEGMENTS, 64 KiB). */
const segmentsAtMost = 64;
const segmentedBytesAtMost = 65_000;

/** Sends frames of a receive batch, from where they lie. */
export interface SendBatch {
  /**
   * Sends slots, in order, from a socket to an address.
   * @returns how many frames the kernel did not take.
   */
  send(fd: number, to: SharedMemory, slots: Uint16Array, count: number): number;
  /** Memory that only the kernel sees, through a pointer: referred to, so that it is not collected. */
  readonly held: readonly SharedMemory[];
}

/**
 * @param segmentation Whether the kernel knows UDP_SEGMENT (Linux 4.18): frames of one length that follow each other
 * go through its stack as one, which halves what a frame costs here.
 */
export function createSendBatch(libc: Libc, batch: ReceiveBatch, segmentation: boolean): SendBatch {
  const vectors = shareMemory(libc, batchSize * vectorWords * 4);
  const headers = shareMemory(libc, batchSize * headerWords * 4);
  const controls = shareMemory(libc, batchSize * control.bytes);
  const slotPointers = pointersInto(batch.slots.address, slotBytes);
  const vectorPointers = pointersInto(vectors.address, vectorWords * 4);
  /** Frames of each message. */
  const runs = new Uint16Array(batchSize);
  prepare(headers, controls);

  function addMessage(
    message: number,
    to: SharedMemory,
    slots: Uint16Array,
    from: number,
    end: number,
  ): void {
    for (let index = from; index < end; index++) {
      const slot = slots[index] ?? 0;
      const at = index * vectorWords;
      vectors.words[at] = slotPointers[slot * 2] ?? 0;
      vectors.words[at + 1] = slotPointers[slot * 2 + 1] ?? 0;
      vectors.words[at + 2] = batch.lengthOf(slot);
    }
    const header = message * headerWords;
    setPointer(headers, header + word.name, to.address);
    headers.words[header + word.vector] = vectorPointers[from * 2] ?? 0;
    headers.words[header + word.vector + 1] = vectorPointers[from * 2 + 1] ?? 0;
    headers.words[header + word.vectors] = end - from;
    headers.words[header + word.controlLength] = end - from > 1 ? control.space : 0;
    controls.bytes.writeUInt16LE(batch.lengthOf(slots[from] ?? 0), message * control.bytes + control.valueAt);
    runs[message] = end - from;
  }

  /** The kernel stops at a message it does not take: that one is given up, the rest is tried. */
  function sendMessages(fd: number, messages: number): number {
    let unsent = 0;
    for (let done = 0; done < messages;) {
      const rest = done === 0 ? headers.bytes : headers.bytes.subarray(done * headerWords * 4);
      const sent = libc.sendmmsg(fd, rest, messages - done, linux.MSG_DONTWAIT);
      if (sent <= 0) unsent += runs[done] ?? 0;
      done += Math.max(1, sent);
    }
    return unsent;
  }

  return {
    send(fd, to, slots, count) {
      let messages = 0;
      for (let from = 0; from < count; messages++) {
        const end = segmentation ? endOfRun(batch, slots, from, count) : from + 1;
        addMessage(messages, to, slots, from, end);
        from = end;
      }
      return sendMessages(fd, messages);
    },
    held: [vectors, headers, controls],
  };
}

/** Where a run of frames that may go as one message ends: all of one length but the last, which may be shorter. */
function endOfRun(batch: ReceiveBatch, slots: Uint16Array, from: number, count: number): number {
  const length = batch.lengthOf(slots[from] ?? 0);
  let total = length;
  let end = from + 1;
  for (; end < count && end - from < segmentsAtMost; end++) {
    const next = batch.lengthOf(slots[end] ?? 0);
    total += next;
    if (next > length || total > segmentedBytesAtMost) break;
    if (next < length) return end + 1;
  }
  return end;
}

/** Fills in what is the same for every message. */
function prepare(headers: SharedMemory, controls: SharedMemory): void {
  for (let message = 0; message < batchSize; message++) {
    const header = message * headerWords;
    headers.words[header + word.nameLength] = addressBytes;
    setPointer(headers, header + word.control, controls.address + BigInt(message * control.bytes));
    const at = message * control.bytes;
    controls.bytes.writeBigUInt64LE(BigInt(control.length), at);
    controls.bytes.writeInt32LE(linux.SOL_UDP, at + 8);
    controls.bytes.writeInt32LE(linux.UDP_SEGMENT, at + 12);
  }
}

/** Addresses of equal pieces of memory, each as two words: arithmetic on 64-bit integers is too slow for every frame. */
function pointersInto(address: bigint, step: number): Uint32Array {
  return new Uint32Array(
    BigUint64Array.from({ length: batchSize }, (_, index) => address + BigInt(index * step)).buffer,
  );
}
