import { openBlockFile } from './block-file.ts';
import { interfaceDescription, packetBlockLength, sectionHeader, writePacketBlock } from './pcapng.ts';

/** A pcapng file that grows as frames come. */
export interface CaptureWriter {
  /** Adds a frame that came in at a port, at nanoseconds since 1970. */
  add(
    frame: { port: number; time: bigint; dropped: boolean },
    memory: Buffer,
    offset: number,
    length: number,
  ): void;
  /** Describes a port anew: frames that come from now on belong to its new segment. */
  describe(port: number, segment: string | null): void;
  flush(): void;
  /** Closes the file and says how many frames are in it. @throws LabError when not all could be written. */
  close(): { frames: number };
}

/**
 * Begins a capture; a file that is there already is overwritten.
 * @throws LabError `bad-input` when the file cannot be opened.
 */
export function openCapture(
  path: string,
  ports: readonly { id: string; segment: string | null }[],
): CaptureWriter {
  const file = openBlockFile(path);
  /** By port, the interface of the file that its frames refer to now. */
  const interfaces: number[] = [];
  let described = 0;
  let frames = 0;

  function put(block: Buffer): void {
    file.add(block.length, (target, at) => block.copy(target, at));
  }

  function describe(port: number, segment: string | null): void {
    const description = segment === null ? 'in no segment' : `segment ${segment}`;
    put(interfaceDescription(ports[port]?.id ?? '', description));
    interfaces[port] = described++;
  }

  put(sectionHeader());
  for (const [index, { segment }] of ports.entries()) describe(index, segment);
  file.flush();
  return {
    add({ port, time, dropped }, memory, offset, length) {
      const packet = { interfaceIndex: interfaces[port] ?? 0, time, memory, offset, length, dropped };
      file.add(packetBlockLength(packet), (target, at) => {
        writePacketBlock(target, at, packet);
      });
      frames++;
    },
    describe,
    flush: () => {
      file.flush();
    },
    close() {
      file.close();
      return { frames };
    },
  };
}
