import { describe, expect, it } from 'vitest';
import { startLabSwitch } from '../../../src-main/wire/lab-switch.ts';
import { readPcapng } from '../../../src-main/wire/read-pcapng.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { arpPacket, ethernetFrame } from './build-frame.ts';
import { broadcast, ethernet, mac, markOf, portSpec } from './loopback-guest.ts';
import { bench, tapped } from './switch-bench.ts';

const vip = '10.10.0.100';
const arp = (operation: number) =>
  ethernetFrame(
    broadcast,
    mac(0),
    0x0806,
    arpPacket(operation, { mac: mac(0), ip: vip }, { mac: mac(1), ip: vip }),
  );

describe.each(['batched', 'plain'] as const)('impairing a cable on %s sockets', (sockets) => {
  it('cuts both ways, and mends', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a', 'a'], { sockets });
    await labSwitch.impair('node0:eth0', { cut: true });
    expect(await labSwitch.impairments()).toEqual([{ port: 'node0:eth0', impairment: { cut: true } }]);
    send(0, ethernet(broadcast, mac(0), 1));
    await tapped(labSwitch, 1);
    send(1, ethernet(broadcast, mac(1), 2));
    await guests[2]!.hasReceived(1);
    await labSwitch.impair('node0:eth0', null);
    expect(await labSwitch.impairments()).toEqual([]);
    send(0, ethernet(broadcast, mac(0), 3));
    await guests[1]!.hasReceived(1);
    send(1, ethernet(broadcast, mac(1), 4));
    await guests[0]!.hasReceived(1);
    expect(guests[0]!.received.map(markOf)).toEqual([4]);
    expect(guests[1]!.received.map(markOf)).toEqual([3]);
    expect((await labSwitch.counters())[0]).toMatchObject({ impaired: 2, rxFrames: 2, txFrames: 2 });
    const { frames } = await labSwitch.recorded(0);
    expect(frames.map(({ fate }) => fate)).toEqual(['dropped', undefined, undefined, undefined]);
    expect(frames[1]).not.toHaveProperty('fate');
  });

  it.each(['from', 'to'] as const)('drops frames that match a filter, %s the NIC', async (direction) => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const drop = [{ arpOperation: 2, arpSenderIp: vip }];
    const port = direction === 'from' ? 'node0:eth0' : 'node1:eth0';
    await labSwitch.impair(port, { [direction]: { drop } });
    for (const operation of [1, 2, 1, 2, 2, 1]) send(0, arp(operation));
    await guests[1]!.hasReceived(3);
    expect(guests[1]!.received.map((frame) => frame.readUInt16BE(20))).toEqual([1, 1, 1]);
    const impaired = (await labSwitch.counters()).map((counters) => counters.impaired);
    expect(impaired).toEqual(direction === 'from' ? [3, 0] : [0, 3]);
  });

  it.each(['from', 'to'] as const)('delays in order, %s the NIC', async (direction) => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    await labSwitch.impair(direction === 'from' ? 'node0:eth0' : 'node1:eth0', {
      [direction]: { delay: { ms: 30 } },
    });
    const start = performance.now();
    const lengths = Array.from({ length: 50 }, (_, n) => 60 + ((n * 97) % 1400));
    for (const [n, length] of lengths.entries()) send(0, ethernet(mac(1), mac(0), n, length));
    await guests[1]!.hasReceived(50);
    expect(performance.now() - start).toBeGreaterThanOrEqual(30);
    expect(guests[1]!.received.map(markOf)).toEqual(lengths.map((_, n) => n));
    expect(guests[1]!.received.map(({ length }) => length)).toEqual(lengths);
  });

  it('loses the same frames each time the seed is given anew', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const rounds: number[][] = [];
    for (const seed of [9, 9, 10]) {
      await labSwitch.impair('node0:eth0', { seed, from: { loss: 0.4 } });
      const before = guests[1]!.received.length;
      const recorded = await labSwitch.record();
      for (let n = 0; n < 200; n++) send(0, ethernet(broadcast, mac(0), n));
      const frames = (await tapped(labSwitch, recorded.frames + 200)).slice(recorded.frames);
      const passed = frames.filter(({ fate }) => fate === undefined);
      await guests[1]!.hasReceived(before + passed.length);
      const received = guests[1]!.received.slice(before).map(markOf);
      expect(received).toEqual(passed.map(({ bytes }) => markOf(bytes)));
      rounds.push(received);
    }
    expect(rounds[1]).toEqual(rounds[0]);
    expect(rounds[2]).not.toEqual(rounds[0]);
  });

  it('drops what a slow cable cannot queue, and sends the rest in order', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    // A frame takes 100 ms: what comes faster meets a queue of three.
    await labSwitch.impair('node0:eth0', { from: { rate: { bitsPerSecond: 8000, queueBytes: 300 } } });
    for (let n = 0; n < 30; n++) send(0, ethernet(broadcast, mac(0), n, 100));
    const frames = await tapped(labSwitch, 30);
    const passed = frames.filter(({ fate }) => fate === undefined);
    expect(passed.length).toBeLessThan(30);
    await guests[1]!.hasReceived(passed.length);
    expect(guests[1]!.received.map(markOf)).toEqual(passed.map(({ bytes }) => markOf(bytes)));
    expect((await labSwitch.counters())[0]!.impaired).toBe(30 - passed.length);
  });

  it('leaves nothing behind when it is closed while frames are delayed', async () => {
    const { guests, switchPorts, send, labSwitch } = await bench(['a', 'a'], { sockets });
    await labSwitch.impair('node0:eth0', { from: { delay: { ms: 50 } } });
    for (let n = 0; n < 10; n++) send(0, ethernet(broadcast, mac(0), n));
    await tapped(labSwitch, 10);
    await labSwitch.close();
    const already = guests[1]!.received.length;
    // On the same ports: what the old switch had left to send would come between these.
    const ports = [0, 1].map((n) => portSpec(n, switchPorts[n]!, guests[n]!.port, 'a'));
    const again = await startLabSwitch({ ports, sockets });
    await again.impair('node0:eth0', { from: { delay: { ms: 100 } } });
    send(0, ethernet(broadcast, mac(0), 99));
    await guests[1]!.hasReceived(already + 1);
    expect(guests[1]!.received.slice(already).map(markOf)).toEqual([99]);
    await again.close();
  });
});

describe('impairing a cable', () => {
  it('marks dropped frames in a capture', async () => {
    const file = `${temporaryFolder()}/lab.pcapng`;
    const { send, labSwitch } = await bench(['a', 'a']);
    const capture = await labSwitch.capture(file);
    await labSwitch.impair('node0:eth0', { from: { loss: 1 } });
    send(0, ethernet(broadcast, mac(0), 1));
    await tapped(labSwitch, 1);
    await labSwitch.impair('node0:eth0', null);
    send(0, ethernet(broadcast, mac(0), 2));
    await tapped(labSwitch, 2);
    await capture.stop();
    const { frames } = await readPcapng(file);
    expect(frames.map(({ bytes, fate }) => [markOf(bytes), fate])).toEqual([
      [1, 'dropped'],
      [2, undefined],
    ]);
  });

  it('refuses what no cable can have, and ports it has not', async () => {
    const { labSwitch } = await bench(['a']);
    for (const impairment of [
      { from: { loss: 2 } },
      { to: { delay: { ms: -1 } } },
      { from: { rate: { bitsPerSecond: 0 } } },
      { from: { drop: [{ ipProtocol: 999 }] } },
      { seed: 0.5 },
    ])
      await expect(labSwitch.impair('node0:eth0', impairment)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(labSwitch.impair('node7:eth0', null)).rejects.toMatchObject({ code: 'not-found' });
    expect(await labSwitch.impairments()).toEqual([]);
  });
});
