import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { styleText } from 'node:util';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { startLabSwitch, type LabSwitch } from '../../src-main/wire/lab-switch.ts';
import { reportRatio } from './report.ts';
import { serverAddress, startSwitchGuests } from './switch-guests.ts';

/** Medians of one switch. */
interface SwitchFigures {
  /** TCP payload from one guest to the other, in MB/s (10^6 bytes). */
  readonly megabytesPerSecond: number;
  /** ICMP round trip, in milliseconds. */
  readonly pingMs: number;
  /** TCP three-way handshake as the client sees it, in milliseconds. */
  readonly connectMs: number;
}

export interface SwitchBench {
  readonly lab: SwitchFigures;
  readonly vde: SwitchFigures;
  /** Frames a second through the lab switch while it carried the TCP stream, and how many the kernel lost. */
  readonly framesPerSecond: number;
  readonly framesLost: number;
  /** The lab switch's figure over vde_switch's. */
  readonly ratio: SwitchFigures;
}

type Which = keyof typeof serverAddress;
const seconds = 4;

/**
 * Compares the lab switch with vde_switch between the same two guests, by turns, so that what else the host does falls
 * on both. The frame record is on, and a tap reads every frame, as under the product.
 */
export async function benchSwitch(rounds = 7): Promise<SwitchBench> {
  await using guests = await startSwitchGuests();
  const labSwitch = await startLabSwitch({ ports: guests.ports });
  try {
    const reading = readAll(labSwitch);
    const samples: Record<Which, SwitchFigures[]> = { lab: [], vde: [] };
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // Who goes first changes, since a host slows down when it gets warm.
      for (const which of round % 2 ? (['lab', 'vde'] as const) : (['vde', 'lab'] as const)) {
        const before = await framesOf(labSwitch);
        const figures = await measure(guests.client, which);
        if (which === 'lab') rates.push(((await framesOf(labSwitch)) - before) / seconds);
        samples[which].push(figures);
        console.log(`  switch, round ${round + 1}, ${which}: ${describe(figures)}`);
      }
    }
    const result = summarize(samples, rates, await lossesOf(labSwitch));
    await reportCapture(labSwitch, guests.client);
    await labSwitch.close();
    await reading;
    print(result, labSwitch);
    return result;
  } finally {
    await labSwitch.close();
  }
}

/** What writing every frame to a pcapng file costs, by turns with not writing it. */
async function reportCapture(labSwitch: LabSwitch, client: GuestSession, rounds = 7): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-capture-'));
  const speeds = { on: [] as number[], off: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const way of round % 2 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
        const file = path.join(folder, `${round}.pcapng`);
        const capture = way === 'on' ? await labSwitch.capture(file) : undefined;
        speeds[way].push(await streamSpeed(client, serverAddress.lab));
        await capture?.stop();
        await rm(file, { force: true });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  reportRatio('MB/s with a capture against without', {
    ...{ ours: speeds.on, peer: speeds.off, unit: 'MB/s', aim: 'at least 0.9' },
  });
}

async function readAll(labSwitch: LabSwitch): Promise<number> {
  let frames = 0;
  for await (const batch of labSwitch.tap()) frames += batch.frames.length;
  return frames;
}

async function measure(client: GuestSession, which: Which): Promise<SwitchFigures> {
  const address = serverAddress[which];
  const ask = async (command: string) => (await client.run(command, { timeout: 60_000 })).stdout;
  // The first round trip resolves the address and lets the switch learn.
  await ask(`ping -c 1 -W 5 ${address}`);
  const pings = await ask(`ping -i 0.01 -c 200 ${address}`);
  const connects = await ask(
    `curl -s -o /dev/null -H 'Connection: close' -w '%{time_connect}\\n' 'http://${address}/?[1-50]'`,
  );
  return {
    megabytesPerSecond: await streamSpeed(client, address),
    pingMs: median([...pings.matchAll(/time=([\d.]+) ms/g)].map(([, time]) => Number(time))),
    connectMs: median(connects.trim().split('\n').map(Number)) * 1000,
  };
}

async function streamSpeed(client: GuestSession, address: string): Promise<number> {
  const command = `curl -s -o /dev/null -m ${seconds} -w '%{speed_download}' http://${address}/zeros`;
  const { stdout } = await client.run(command, { timeout: 60_000 });
  return Number(stdout) / 1e6;
}

async function framesOf(labSwitch: LabSwitch): Promise<number> {
  return (await labSwitch.counters()).reduce((sum, { rxFrames }) => sum + rxFrames, 0);
}

async function lossesOf(labSwitch: LabSwitch): Promise<number> {
  const ports = await labSwitch.counters();
  return ports.reduce(
    (sum, { lostBySwitch, lostByGuest, unsent }) => sum + lostBySwitch + lostByGuest + unsent,
    0,
  );
}

function summarize(
  samples: Readonly<Record<Which, SwitchFigures[]>>,
  rates: readonly number[],
  framesLost: number,
): SwitchBench {
  const [lab, vde] = [medians(samples.lab), medians(samples.vde)];
  const ratio = combine((figure) => lab[figure] / vde[figure]);
  return { lab, vde, ratio, framesPerSecond: median(rates), framesLost };
}

function medians(samples: readonly SwitchFigures[]): SwitchFigures {
  return combine((figure) => median(samples.map((sample) => sample[figure])));
}

function combine(of: (figure: keyof SwitchFigures) => number): SwitchFigures {
  return { megabytesPerSecond: of('megabytesPerSecond'), pingMs: of('pingMs'), connectMs: of('connectMs') };
}

/** NaN when there is nothing to take it of: a measurement that failed must not look like a figure. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function describe({ megabytesPerSecond, pingMs, connectMs }: SwitchFigures): string {
  return `${megabytesPerSecond.toFixed(1)} MB/s, ping ${pingMs.toFixed(3)} ms, connect ${connectMs.toFixed(3)} ms`;
}

function print({ lab, vde, ratio, framesPerSecond, framesLost }: SwitchBench, { sockets }: LabSwitch): void {
  console.log(styleText('bold', 'Lab switch against vde_switch, medians'));
  console.log(`  lab switch (${sockets} sockets): ${describe(lab)}`);
  console.log(`  vde_switch: ${describe(vde)}`);
  console.log(
    `  ratio: throughput ${ratio.megabytesPerSecond.toFixed(2)}, ping ${ratio.pingMs.toFixed(2)}, connect ${ratio.connectMs.toFixed(2)}`,
  );
  console.log(
    `  lab switch: ${framesPerSecond.toFixed(0)} frames/s while streaming, ${framesLost} frames lost`,
  );
}
