import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { SwitchPortSpec } from '../../../src-main/wire/lab-switch.ts';

/** A UDP socket on loopback in place of QEMU: one Ethernet frame a datagram. */
export interface LoopbackGuest {
  readonly port: number;
  readonly received: Buffer[];
  send(frame: Buffer, switchPort: number): void;
  /** Resolves when so many frames have come in all. */
  hasReceived(count: number): Promise<void>;
}

/** Opens one for as long as the test lasts. */
export async function loopbackGuest(): Promise<LoopbackGuest> {
  const socket = await bound();
  onTestFinished(() => closed(socket));
  const received: Buffer[] = [];
  socket.on('message', (frame) => received.push(frame));
  return {
    port: socket.address().port,
    received,
    send: (frame, switchPort) => {
      socket.send(frame, switchPort, '127.0.0.1');
    },
    async hasReceived(count) {
      while (received.length < count) await once(socket, 'message');
    },
  };
}

/** A UDP port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const socket = await bound();
  const { port } = socket.address();
  await closed(socket);
  return port;
}

async function bound(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(resolve));
}

export const broadcast = 'ff:ff:ff:ff:ff:ff';

/** An Ethernet frame of the given length, with a mark to know it by. */
export function ethernet(destination: string, source: string, mark = 0, length = 60): Buffer {
  const frame = Buffer.alloc(length);
  Buffer.from((destination + source).replaceAll(':', ''), 'hex').copy(frame);
  // EtherType for local experiments (IEEE 802).
  frame.writeUInt16BE(0x88b5, 12);
  frame.writeUInt32BE(mark, 14);
  return frame;
}

/** The mark of a frame that `ethernet` made. */
export const markOf = (frame: Uint8Array): number => Buffer.from(frame).readUInt32BE(14);

/** The n-th guest's address. */
export const mac = (n: number): string => `52:54:00:00:00:0${n}`;

export function portSpec(
  n: number,
  switchPort: number,
  guestPort: number,
  segment: string | null,
): SwitchPortSpec {
  return { id: `node${n}:eth0`, node: `node${n}`, nic: 'eth0', switchPort, guestPort, segment };
}
