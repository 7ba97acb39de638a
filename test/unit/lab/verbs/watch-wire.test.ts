import { describe, expect, it } from 'vitest';
import { liveBatchSchema, type LiveBatch } from '../../../../src-main/contract/frames.ts';
import { LabError } from '../../../../src-main/contract/lab-error.ts';
import { watchWire } from '../../../../src-main/lab/verbs/watch-wire.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire } from '../../evidence/wire.ts';
import { ipv4Packet, tcpSegment } from '../../wire/build-frame.ts';
import { recordedLab } from '../frames/recorded-lab.ts';

const view = exampleLab('dr');
const tcp = tcpSegment({ sourcePort: 40000, destinationPort: 80, flags: 0x10 });
const packet = ipv4Packet({ source: clientIp, destination: vip, protocol: 6 }, tcp);

/** Watches until so many batches have come; `onBatch` hears each before the next. */
async function watch(lab: OwnedLab, count: number, onBatch: (index: number) => void = () => undefined) {
  const controller = new AbortController();
  const batches: LiveBatch[] = [];
  await watchWire(lab, {
    onProgress: () => undefined,
    onEvent: (event) => {
      onBatch(batches.push(liveBatchSchema.parse(event)) - 1);
      if (batches.length === count) controller.abort();
    },
    signal: controller.signal,
  });
  return batches;
}

describe('watchWire', () => {
  it('tells what comes from now on: all counted, few shown, none twice', async () => {
    const wire = createWire(view);
    wire.ip('client', 'director', packet);
    const [first, second, third] = await watch(recordedLab(view, wire.records), 3, (index) => {
      if (index === 0) for (let number = 0; number < 500; number++) wire.ip('client', 'director', packet);
      if (index === 1) wire.ip('director', 'rs1', packet);
    });
    expect(first).toMatchObject({ frames: [], seen: 0, lost: 0, ports: {} });
    expect(second).toMatchObject({
      seen: 500,
      ports: { 'client:eth0': { frames: 500, bytes: 500 * (14 + 40) } },
    });
    expect(second?.frames).toHaveLength(60);
    expect(third).toMatchObject({ seen: 1, frames: [{ from: 'director', to: ['rs1'], part: 'request' }] });
    expect(Object.keys(third?.ports ?? {})).toEqual(['director:eth0']);
  });

  it('tells also when nothing goes over the wires', async () => {
    const batches = await watch(recordedLab(view, []), 2);
    expect(batches.map(({ seen }) => seen)).toEqual([0, 0]);
  });

  it('knows who said before that it has the VIP, and hears who says so next', async () => {
    const wire = createWire(view);
    wire.arp('director', 2, vip, clientIp, 'client');
    wire.arp('director', 1, '10.10.0.2', clientIp);
    const [before, after] = await watch(recordedLab(view, wire.records), 2, (index) => {
      if (index > 0) return;
      wire.arp('rs1', 2, vip, clientIp, 'client');
      for (let number = 0; number < 100; number++) wire.ip('client', 'director', packet);
    });
    const director = { node: 'director', mac: '02:00:00:00:00:02', segment: 'lan', sequence: 0 };
    expect(before?.vipHolders).toMatchObject([director]);
    expect(after?.vipHolders).toMatchObject([{ node: 'rs1', sequence: 2 }, director]);
  });

  it('follows a change of the plan', async () => {
    const wire = createWire(view);
    const lab = recordedLab(view, wire.records) as { record: { plan: unknown } } & OwnedLab;
    const moved = structuredClone(view.nodes).filter(({ name }) => name !== 'rs2');
    const batches = await watch(lab, 2, (index) => {
      if (index > 0) return;
      lab.record = { ...lab.record, plan: { ...lab.record.plan, nodes: moved } } as OwnedLab['record'];
      wire.arp('client', 1, clientIp, vip);
    });
    expect(batches[1]?.frames[0]?.to).toEqual(['director', 'rs1']);
  });

  it.each([
    { name: 'ends when the lab is let go of', dies: false },
    { name: 'tells of a switch that died', dies: true },
  ])('$name', async ({ dies }) => {
    const lab = recordedLab(view, []);
    const gone = new LabError('switch-failed', 'The lab switch has stopped.');
    const failure = dies ? Promise.reject(gone) : new Promise<never>(() => undefined);
    failure.catch(() => undefined);
    const labSwitch = { ...lab.cables.labSwitch, recorded: () => Promise.reject(gone) };
    const watching = watch({ ...lab, cables: { ...lab.cables, labSwitch, failure } }, 1);
    await (dies ? expect(watching).rejects.toThrow(gone) : expect(watching).resolves.toEqual([]));
  });
});
