/** A NIC's place at the lab switch: where its frames come from and which segment its cable is in. */
export interface SwitchPortSpec {
  /** `node:nic`, unique in the lab. */
  readonly id: string;
  readonly node: string;
  readonly nic: string;
  /** UDP port on 127.0.0.1 that the switch binds for this NIC. */
  readonly switchPort: number;
  /** UDP port on 127.0.0.1 that QEMU binds for this NIC: the only peer whose datagrams are taken. */
  readonly guestPort: number;
  /** Null: the cable is in no segment, and what the NIC sends goes nowhere. */
  readonly segment: string | null;
}

/** What went through one port since the switch started. Frames are whole Ethernet frames without FCS. */
export interface PortCounters {
  readonly id: string;
  readonly segment: string | null;
  /** From the guest. The frame record holds exactly these. */
  readonly rxFrames: number;
  readonly rxBytes: number;
  /** To the guest. */
  readonly txFrames: number;
  readonly txBytes: number;
  /** Of the received: had no way to go, since the receiver is on the same port. */
  readonly dropped: number;
  /** Datagrams of others than the port's own guest: not received. */
  readonly refused: number;
  /** Datagrams that are no Ethernet frame (under 14 bytes, or longer than the switch takes): not received. */
  readonly malformed: number;
  /** Sent while the cable was in no segment: on no wire, so not received. */
  readonly unplugged: number;
  /** Of the transmitted: frames that the host's kernel did not take. */
  readonly unsent: number;
  /** Of the received and the transmitted: frames that an impairment of this port's cable dropped. */
  readonly impaired: number;
  /** Frames that the kernel threw away before the switch read them: the switch was too slow. */
  readonly lostBySwitch: number;
  /** Frames that the kernel threw away before QEMU read them: the guest was too slow. Zero while QEMU is away. */
  readonly lostByGuest: number;
}

/** The state of the frame record, which keeps the newest frames of all ports. */
export interface RecordCounters {
  /** Frames in it now, and their bytes. */
  readonly frames: number;
  readonly bytes: number;
  /** Frames that newer ones have overwritten. */
  readonly overwritten: number;
}

/** One frame as it came out of a guest. */
export interface FrameRecord {
  /** Counts up by one from 0 over all ports of the switch. */
  readonly sequence: number;
  /**
   * Nanoseconds since the switch started, on the monotonic clock; no two frames share one. Frames that were read in
   * one batch stand 1 ns apart: the batch's time is real, the order within it is that of the port's queue. A frame
   * that another one caused through the switch is always later than it.
   */
  readonly time: number;
  /** The port it came in at: `node:nic`. */
  readonly port: string;
  /** The segment of that port at that time. */
  readonly segment: string | null;
  /** The whole Ethernet frame without FCS. */
  readonly bytes: Uint8Array;
  /**
   * `dropped`: an impairment of the sender's cable dropped it, and no other port saw it. What a receiver's cable drops
   * is not marked, since the frame may reach other ports, nor what is lost under way because a cable is cut or moved:
   * both are counted at the port, as `impaired`. A frame that is delayed stands at the time when the guest sent it.
   */
  readonly fate?: 'dropped';
}

/** Ties the record's time to other clocks. */
export interface SwitchClock {
  /** `process.hrtime.bigint()` at time 0. */
  readonly monotonicStart: bigint;
  /** Nanoseconds since 1970 at time 0, as the wall clock then told; captures use it. */
  readonly wallStart: bigint;
}
