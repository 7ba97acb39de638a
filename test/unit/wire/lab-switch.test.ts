import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { startLabSwitch, type FrameRecord, type LabSwitch } from '../../../src-main/wire/lab-switch.ts';
import type { LabSwitchOptions } from '../../../src-main/wire/lab-switch.ts';
import { broadcast, ethernet, freePort, loopbackGuest, mac, portSpec, type LoopbackGuest } from './loopback-guest.ts';

interface Bench {
  readonly guests: LoopbackGuest[];
  readonly labSwitch: LabSwitch;
  send(from: number, frame: Buffer): void;
}

const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const item of open.splice(0).reverse()) await item[Symbol.asyncDispose]();
});

/** A switch with a guest for every segment named. */
async function bench(segments: (string | null)[], options: Partial<LabSwitchOptions> = {}): Promise<Bench> {
  const guests = await Promise.all(segments.map(() => loopbackGuest()));
  open.push(...guests);
  const switchPorts = await Promise.all(segments.map(() => freePort()));
  const ports = segments.map((segment, n) => portSpec(n, switchPorts[n]!, guests[n]!.port, segment));
  const labSwitch = await startLabSwitch({ ports, ...options });
  open.push({ [Symbol.asyncDispose]: () => labSwitch.close() });
  return {
    guests,
    labSwitch,
    send: (from, frame) => {
      guests[from]!.send(frame, switchPorts[from]!);
    },
  };
}

/** Follows a switch from its start until so many frames have come. */
async function tapped(labSwitch: LabSwitch, count: number): Promise<FrameRecord[]> {
  const frames: FrameRecord[] = [];
  for await (const batch of labSwitch.tap({ from: 0 })) {
    frames.push(...batch.frames);
    if (frames.length >= count) break;
  }
  return frames;
}

describe.each(['batched', 'plain'] as const)('the lab switch on %s sockets', (sockets) => {
  it('uses the sockets asked for', async () => {
    const { labSwitch } = await bench(['a'], { sockets });
    expect(labSwitch.sockets).toBe(sockets);
  });

  it('carries frames of every length whole and in order', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const lengths = [14, 60, 1514, 1514, 1514, 700, 1514, 9014, 60, 60, 61];
    const frames = lengths.map((length, n) => ethernet(mac(1), mac(0), n, Math.max(length, 18)));
    for (const frame of frames) send(0, frame);
    await guests[1]!.hasReceived(frames.length);
    expect(guests[1]!.received).toEqual(frames);
    const [from, to] = await labSwitch.counters();
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
    expect(from).toMatchObject({ rxFrames: frames.length, rxBytes: bytes, txFrames: 0, unsent: 0 });
    expect(to).toMatchObject({ rxFrames: 0, txFrames: frames.length, txBytes: bytes, lostBySwitch: 0 });
  });

  it('refuses and counts datagrams of strangers', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const target = (await labSwitch.counters())[0]!;
    const stranger = await loopbackGuest();
    open.push(stranger);
    // The other guest is a stranger at this port as well.
    const { ports } = { ports: await switchPortsOf(labSwitch, guests, send) };
    stranger.send(ethernet(broadcast, mac(9), 7), ports[0]!);
    guests[1]!.send(ethernet(broadcast, mac(9), 8), ports[0]!);
    send(0, ethernet(broadcast, mac(0), 9));
    await guests[1]!.hasReceived(1);
    expect(guests[1]!.received.map((frame) => frame.readUInt32BE(14))).toEqual([9]);
    expect((await labSwitch.counters())[0]).toMatchObject({ id: target.id, refused: 2, rxFrames: 1 });
  });
});
