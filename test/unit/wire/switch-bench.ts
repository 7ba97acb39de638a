import { onTestFinished } from 'vitest';
import {
  startLabSwitch,
  type FrameRecord,
  type LabSwitch,
  type LabSwitchOptions,
} from '../../../src-main/wire/lab-switch.ts';
import { freePort, loopbackGuest, portSpec, type LoopbackGuest } from './loopback-guest.ts';

interface Bench {
  readonly guests: LoopbackGuest[];
  readonly switchPorts: number[];
  readonly labSwitch: LabSwitch;
  readonly send: (from: number, frame: Buffer) => void;
}

/** A switch with a guest for every segment named, for as long as the test lasts. */
export async function bench(
  segments: (string | null)[],
  options: Partial<LabSwitchOptions> = {},
): Promise<Bench> {
  const guests = await Promise.all(segments.map(() => loopbackGuest()));
  const switchPorts = await Promise.all(segments.map(() => freePort()));
  const ports = segments.map((segment, n) => portSpec(n, switchPorts[n]!, guests[n]!.port, segment));
  const labSwitch = await startLabSwitch({ ports, ...options });
  onTestFinished(() => labSwitch.close());
  return {
    guests,
    switchPorts,
    labSwitch,
    send: (from, frame) => {
      guests[from]!.send(frame, switchPorts[from]!);
    },
  };
}

/** Follows a switch from its start until so many frames have come. */
export async function tapped(labSwitch: LabSwitch, count: number): Promise<FrameRecord[]> {
  const frames: FrameRecord[] = [];
  for await (const batch of labSwitch.tap({ from: 0 })) {
    frames.push(...batch.frames);
    if (frames.length >= count) break;
  }
  return frames;
}
