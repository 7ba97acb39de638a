import type { Impairment } from '../../contract/impairment.ts';
import { createImpairedWire, type ImpairedWire } from './impaired-wire.ts';
import { createTimeQueue } from './time-queue.ts';

/** Seen from the NIC: what it sends, what comes to it. */
export type Direction = 'from' | 'to';

/** What becomes of a frame that enters a cable. */
export type Fate = 'through' | 'delayed' | 'dropped';

/** A frame on its way through a cable. */
export interface FrameUnderWay {
  readonly port: number;
  readonly direction: Direction;
  /** When it arrives, in nanoseconds. */
  readonly due: number;
  readonly frame: Buffer;
}

/** The cables of a switch that are impaired, and the frames under way in them. Ports are known by their index. */
export interface ImpairedCables {
  /** Whether any cable is impaired; while none is, no frame needs to `enter`. */
  readonly any: boolean;
  /**
   * Impairs a cable, or mends it (null). Frames that are under way arrive at their time, but not in a cable that is
   * cut. @returns how many frames were lost.
   */
  impair(port: number, impairment: Impairment | null): number;
  /** By port, what its cable has. */
  impairments(): (Impairment | null)[];
  /** Sends a frame into a cable; one that is delayed is copied and kept until `takeDue`. */
  enter(direction: Direction, port: number, time: number, frame: Buffer): Fate;
  /** When the next frame arrives; Infinity when none is under way. */
  nextDue(): number;
  takeDue(now: number): FrameUnderWay | undefined;
  /** Loses the frames that are under way in a cable. @returns how many. */
  sever(port: number): number;
}

/** What is under way in all cables at most, in bytes; frames beyond are dropped, so that delay cannot eat the memory. */
const underWayAtMost = 64 * 1024 * 1024;

interface Cable {
  readonly impairment: Impairment;
  readonly wires: Readonly<Record<Direction, ImpairedWire | undefined>>;
}

export function createImpairedCables(ports: number): ImpairedCables {
  const cables = Array.from({ length: ports }, (): Cable | undefined => undefined);
  const underWay = createTimeQueue<FrameUnderWay>();
  let any = false;
  let bytes = 0;

  function sever(port: number): number {
    const lost = underWay.remove((waiting) => waiting.port === port);
    for (const { frame } of lost) bytes -= frame.length;
    return lost.length;
  }

  return {
    get any() {
      return any;
    },
    impair(port, impairment) {
      cables[port] = impairment ? createCable(impairment) : undefined;
      any = cables.some(Boolean);
      return impairment?.cut ? sever(port) : 0;
    },
    impairments: () => cables.map((cable) => cable?.impairment ?? null),
    enter(direction, port, time, frame) {
      const cable = cables[port];
      if (!cable) return 'through';
      if (cable.impairment.cut) return 'dropped';
      const due = cable.wires[direction] ? cable.wires[direction](time, frame) : time;
      if (due === undefined) return 'dropped';
      if (due <= time) return 'through';
      if (bytes + frame.length > underWayAtMost) return 'dropped';
      bytes += frame.length;
      underWay.add(due, { port, direction, due, frame: Buffer.from(frame) });
      return 'delayed';
    },
    nextDue: () => underWay.next(),
    takeDue(now) {
      if (underWay.next() > now) return undefined;
      const first = underWay.take();
      bytes -= first?.frame.length ?? 0;
      return first;
    },
    sever,
  };
}

function createCable(impairment: Impairment): Cable {
  const { from, to, seed = 1 } = impairment;
  return {
    impairment,
    wires: {
      from: from && createImpairedWire(from, seed),
      // Another sequence than in the other direction, out of the same seed.
      to: to && createImpairedWire(to, seed ^ 0x9e3779b9),
    },
  };
}
