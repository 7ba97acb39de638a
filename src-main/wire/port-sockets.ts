import type { SwitchPortSpec } from './switch-port.ts';
import { LabError } from '../contract/lab-error.ts';

/** What a socket layer tells the switch. Ports are known by their index. */
export interface DatagramHandler {
  /** Datagrams are about to be handed over that were read at one time. */
  beginBatch(): void;
  /** One datagram from a port's own peer. The ports it goes out at are good until the next call. */
  frame(port: number, memory: Buffer, offset: number, length: number): readonly number[];
  /**
   * Sends the frames whose delay is over. To be called before the layer waits for datagrams.
   * @returns in how many milliseconds the next one is due; Infinity when none is delayed.
   */
  release(send: SendFrame): number;
  /** A datagram from someone else was thrown away. */
  stranger(port: number): void;
  /** A datagram was longer than the layer takes. */
  oversized(port: number): void;
  /** Frames to a port were not taken by the kernel. */
  unsent(port: number, frames: number): void;
}

/** Sends one frame out at a port. */
export type SendFrame = (port: number, frame: Buffer) => void;

/** The sockets of all ports, at work until they are closed. */
export interface PortSockets {
  close(): Promise<void>;
}

export type PortAddress = Pick<SwitchPortSpec, 'id' | 'switchPort' | 'guestPort'>;

/**
 * Asked of the kernel for each socket: it holds the burst of a guest until the switch comes to read. The kernel cuts
 * it to net.core.rmem_max (socket(7)).
 */
export const receiveBufferBytes = 4 * 1024 * 1024;

export function portInUse({ id, switchPort }: PortAddress, cause?: unknown): LabError {
  return new LabError('port-in-use', `UDP port ${switchPort} on 127.0.0.1, wanted for ${id}, is in use.`, {
    why: 'Another program, or another lab, listens there.',
    remedy: `End it ('ss -lunp sport = :${switchPort}' names it), or start the lab anew to have other ports chosen.`,
    cause,
  });
}
