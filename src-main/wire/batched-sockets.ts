import { linux, type Libc } from './libc.ts';
import { addressBytes, loopbackAddress, type SharedMemory } from './message-vectors.ts';
import {
  portInUse,
  receiveBufferBytes,
  type DatagramHandler,
  type PortAddress,
  type PortSockets,
} from './port-sockets.ts';
import { batchSize, createReceiveBatch, slotBytes } from './receive-batch.ts';
import { createSendBatch } from './send-batch.ts';

/** Milliseconds after which the thread looks after its other work: messages, timers, captures. */
const turn = 20;
/** `struct pollfd`: fd, events, revents (poll(2)). */
const pollBytes = 8;

interface OpenPort {
  readonly fd: number;
  readonly guest: SharedMemory;
  /** Slots of the batch at hand that go out here. */
  readonly queue: Uint16Array;
  queued: number;
}

/**
 * The ports as sockets of the C library, read and written many datagrams a call. The thread sleeps in poll(2), not in
 * Node's event loop, which gets its turn every 20 ms: so this belongs in a worker of its own.
 * @throws LabError `port-in-use`; nothing is left open then.
 */
export function openBatchedSockets(
  libc: Libc,
  ports: readonly PortAddress[],
  handler: DatagramHandler,
): PortSockets {
  const open = openAll(libc, ports);
  const pollTable = Buffer.alloc(Math.max(1, open.length) * pollBytes);
  for (const [index, { fd }] of open.entries()) {
    pollTable.writeInt32LE(fd, index * pollBytes);
    pollTable.writeInt16LE(linux.POLLIN, index * pollBytes + 4);
  }
  const pump = createPump(libc, open, handler);
  yieldToGuests(libc);
  let closing: (() => void) | undefined;

  function sendOne(index: number, frame: Buffer): void {
    const port = open[index];
    if (!port) return;
    const sent = libc.sendto(
      port.fd,
      frame,
      frame.length,
      linux.MSG_DONTWAIT,
      port.guest.bytes,
      addressBytes,
    );
    if (sent < 0) handler.unsent(index, 1);
  }

  function work(): void {
    const end = performance.now() + turn;
    do {
      const wait = Math.min(turn, Math.ceil(handler.release(sendOne)));
      if (libc.poll(pollTable, open.length, wait) <= 0) break;
      for (let index = 0; index < open.length; index++) {
        if (pollTable.readInt16LE(index * pollBytes + 6) !== 0) pump(index);
      }
    } while (performance.now() < end);
    if (!closing) {
      setImmediate(work);
      return;
    }
    closeAll(libc, open);
    closing();
  }

  // Node closes what it opened when the thread dies of an error; what the C library opened it does not know.
  process.once('exit', () => {
    closeAll(libc, open);
  });
  setImmediate(work);
  return { close: () => new Promise((resolve) => (closing = resolve)) };
}

/** @returns Reads one batch of a port and sends it where the handler says. */
function createPump(
  libc: Libc,
  open: readonly OpenPort[],
  handler: DatagramHandler,
): (index: number) => void {
  const batch = createReceiveBatch(libc);
  const out = createSendBatch(libc, batch, knowsSegmentation(libc, open[0]));

  function take(index: number, port: OpenPort, slot: number): void {
    if (!batch.cameFrom(slot, port.guest.words)) handler.stranger(index);
    else if (batch.truncated(slot)) handler.oversized(index);
    else {
      for (const egress of handler.frame(index, batch.slots.bytes, slot * slotBytes, batch.lengthOf(slot))) {
        const target = open[egress];
        if (target) target.queue[target.queued++] = slot;
      }
    }
  }

  return (index) => {
    const port = open[index];
    if (!port) return;
    const count = batch.receive(port.fd);
    handler.beginBatch();
    for (let slot = 0; slot < count; slot++) take(index, port, slot);
    for (let egress = 0; egress < open.length; egress++) {
      const target = open[egress];
      if (!target?.queued) continue;
      const unsent = out.send(target.fd, target.guest, target.queue, target.queued);
      if (unsent > 0) handler.unsent(egress, unsent);
      target.queued = 0;
    }
  };
}

function openAll(libc: Libc, ports: readonly PortAddress[]): OpenPort[] {
  const open: OpenPort[] = [];
  try {
    for (const port of ports) {
      const guest = loopbackAddress(libc, port.guestPort);
      open.push({ fd: openSocket(libc, port), guest, queue: new Uint16Array(batchSize), queued: 0 });
    }
    return open;
  } catch (error) {
    closeAll(libc, open);
    throw error;
  }
}

function openSocket(libc: Libc, port: PortAddress): number {
  const fd = libc.socket(linux.AF_INET, linux.SOCK_DGRAM | linux.SOCK_NONBLOCK | linux.SOCK_CLOEXEC, 0);
  if (fd < 0) throw new Error(`socket() failed: errno ${libc.errno()}`);
  setOption(libc, fd, linux.SOL_SOCKET, linux.SO_RCVBUF, receiveBufferBytes);
  if (libc.bind(fd, loopbackAddress(libc, port.switchPort).bytes, addressBytes) === 0) return fd;
  const errno = libc.errno();
  libc.close(fd);
  if (errno === linux.errno.EADDRINUSE) throw portInUse(port);
  throw new Error(`bind() to UDP port ${port.switchPort} failed: errno ${errno}`);
}

function setOption(libc: Libc, fd: number, level: number, name: number, value: number): boolean {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return libc.setsockopt(fd, level, name, bytes, bytes.length) === 0;
}

/**
 * Has the kernel not interrupt a busy guest for this thread as soon as a frame comes (sched(7), SCHED_BATCH): frames
 * then come in larger batches, and guests that share the processor with the switch get more done. Where a processor
 * is free nothing changes. A kernel that refuses does no harm.
 */
function yieldToGuests(libc: Libc): void {
  const thisThread = 0;
  libc.sched_setscheduler(thisThread, linux.SCHED_BATCH, Buffer.alloc(4));
}

/** A kernel that knows UDP_SEGMENT lets it be set to "none". */
function knowsSegmentation(libc: Libc, port: OpenPort | undefined): boolean {
  return port !== undefined && setOption(libc, port.fd, linux.SOL_UDP, linux.UDP_SEGMENT, 0);
}

/** Forgets them too: a number that is closed twice may by then be another file's. */
function closeAll(libc: Libc, open: OpenPort[]): void {
  for (const { fd } of open.splice(0)) libc.close(fd);
}
