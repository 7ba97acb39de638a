import { openBlockFile } from './block-file.ts';
import type { Libc } from './libc.ts';
import { interfaceDescription, packetBlockLength, sectionHeader, writePacketBlock } from './pcapng.ts';

/** What the lower half of a time holds. */
const half = 2 ** 32;

/** A pcapng file that grows as frames come. */
export interface CaptureWriter {
  /** Adds a frame that came in at a port, at nanoseconds since the capture's time 0. */
  add(
    frame: { port: number; time: number; dropped: boolean },
    memory: Buffer,
    offset: number,
    length: number,
  ): void;
  /** Describes a port anew: frames that come from now on belong to its new segment. */
  describe(port: number, segment: string | null): void;
  /** Writes what has come. Should that fail, `close` says so. */
  flush(): Promise<void>;
  /** Closes the file and says how many frames are in it. @throws LabError when not all could be written. */
  close(): Promise<{ frames: number }>;
}

/**
 * Begins a capture; a file that is there already is overwritten.
 * @param start nanoseconds since 1970 when frames' time was 0.
 * @throws LabError `bad-input` when the file cannot be opened.
 */
export function openCapture(
  path: string,
  start: bigint,
  ports: readonly { id: string; segment: string | null }[],
  libc?: Libc,
): CaptureWriter {
  const file = openBlockFile(path, libc);
  const [startHigh, startLow] = [Number(start >> 32n), Number(start & 0xffffffffn)];
  /** By port, the interface of the file that its frames refer to now. */
  const interfaces: number[] = [];
  let described = 0;
  let frames = 0;

  function put(block: Buffer): void {
    file.add(block.length, ({ bytes }, at) => block.copy(bytes, at));
  }

  function describe(port: number, segment: string | null): void {
    const description = segment === null ? 'in no segment' : `segment ${segment}`;
    put(interfaceDescription(ports[port]?.id ?? '', description));
    interfaces[port] = described++;
  }

  put(sectionHeader());
  for (const [index, { segment }] of ports.entries()) describe(index, segment);
  return {
    add({ port, time, dropped }, memory, offset, length) {
      const timeLow = startLow + time;
      const carry = Math.floor(timeLow / half);
      const packet = {
        interfaceIndex: interfaces[port] ?? 0,
        timeHigh: startHigh + carry,
        timeLow: timeLow - carry * half,
        memory,
        offset,
        length,
        dropped,
      };
      file.add(packetBlockLength(packet), (chunk, at) => {
        writePacketBlock(chunk, at, packet);
      });
      frames++;
    },
    describe,
    flush: () => file.flush(),
    async close() {
      await file.close();
      return { frames };
    },
  };
}
