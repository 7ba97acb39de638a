import { copyFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLabSwitch, type FrameRecord } from '../../../src-main/wire/lab-switch.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tsharkFields } from '../../support/tshark.ts';
import { broadcast, ethernet, freePort, loopbackGuest, mac, markOf, portSpec } from './loopback-guest.ts';
import { bench, tapped } from './switch-bench.ts';

describe.each(['batched', 'plain'] as const)('the lab switch on %s sockets', (sockets) => {
  it('uses the sockets asked for', async () => {
    const { labSwitch } = await bench(['a'], { sockets });
    expect(labSwitch.sockets).toBe(sockets);
  });

  it('carries frames of every length whole and in order', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const lengths = [60, 1514, 1514, 1514, 700, 1514, 9014, 60, 60, 61, 18];
    const frames = lengths.map((length, n) => ethernet(mac(1), mac(0), n, length));
    for (const frame of frames) send(0, frame);
    await guests[1]!.hasReceived(frames.length);
    expect(guests[1]!.received.map((frame) => frame.toString('hex'))).toEqual(
      frames.map((frame) => frame.toString('hex')),
    );
    const bytes = lengths.reduce((sum, length) => sum + length, 0);
    const [from, to] = await labSwitch.counters();
    expect(from).toMatchObject({ rxFrames: frames.length, rxBytes: bytes, txFrames: 0, unsent: 0 });
    expect(to).toMatchObject({ rxFrames: 0, txFrames: frames.length, txBytes: bytes, lostBySwitch: 0 });
  });

  it('refuses and counts datagrams of strangers, another guest among them', async () => {
    const { guests, switchPorts, send, labSwitch } = await bench(['a', 'a'], { sockets });
    const stranger = await loopbackGuest();
    stranger.send(ethernet(broadcast, mac(9), 7), switchPorts[0]!);
    guests[1]!.send(ethernet(broadcast, mac(9), 8), switchPorts[0]!);
    send(0, ethernet(broadcast, mac(0), 9));
    await guests[1]!.hasReceived(1);
    expect(guests[1]!.received.map(markOf)).toEqual([9]);
    expect((await labSwitch.counters())[0]).toMatchObject({ refused: 2, rxFrames: 1 });
  });

  it('counts what is no Ethernet frame', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    send(0, Buffer.alloc(13));
    send(0, Buffer.alloc(0));
    send(0, ethernet(broadcast, mac(0)));
    await guests[1]!.hasReceived(1);
    expect((await labSwitch.counters())[0]).toMatchObject({ malformed: 2, rxFrames: 1 });
  });

  it('moves a port to another segment under traffic: no frame takes the old way after', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a', 'b'], { sockets });
    const traffic = setInterval(() => {
      send(0, ethernet(broadcast, mac(0), 1));
    }, 1);
    onTestFinished(() => {
      clearInterval(traffic);
    });
    await guests[1]!.hasReceived(20);
    await labSwitch.move('node0:eth0', 'b');
    const onOldWay = (await labSwitch.counters())[1]!.txFrames;
    await guests[2]!.hasReceived(20);
    expect((await labSwitch.counters())[1]!.txFrames).toBe(onOldWay);
    const places = new Set((await labSwitch.recorded(0)).frames.map(({ segment }) => segment));
    expect([...places]).toEqual(['a', 'b']);
  });

  it('hands frames to a tap once, in order, on one clock that never stands still', async () => {
    const { send, labSwitch } = await bench(['a', 'a', 'b'], { sockets });
    for (let n = 0; n < 60; n++) send(n % 3, ethernet(broadcast, mac(n % 3), n));
    const frames = await tapped(labSwitch, 60);
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, n) => n));
    for (const [n, { time }] of frames.entries()) {
      if (n > 0) expect(time).toBeGreaterThan(frames[n - 1]!.time);
    }
    expect(frames.map(({ bytes }) => markOf(bytes)).toSorted((a, b) => a - b)).toEqual(
      frames.map((_, n) => n),
    );
    for (const { bytes, port, segment } of frames) {
      const from = markOf(bytes) % 3;
      expect({ port, segment }).toEqual({ port: `node${from}:eth0`, segment: from === 2 ? 'b' : 'a' });
    }
    const now = Number(process.hrtime.bigint() - labSwitch.clock.monotonicStart);
    expect(frames.at(-1)!.time).toBeLessThan(now);
  });

  it('frees its ports when it is closed', async () => {
    const { guests, switchPorts, labSwitch } = await bench(['a'], { sockets });
    await labSwitch.close();
    const again = await startLabSwitch({
      ports: [portSpec(0, switchPorts[0]!, guests[0]!.port, 'a')],
      sockets,
    });
    await again.close();
  });

  it('names the port that is in use, and leaves the others free', async () => {
    const taken = await loopbackGuest();
    const free = await freePort();
    const ports = [portSpec(0, free, 1, 'a'), portSpec(1, taken.port, 2, 'a')];
    await expect(startLabSwitch({ ports, sockets })).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringMatching(`${taken.port}.*node1:eth0`) as string,
    });
    const again = await startLabSwitch({ ports: [portSpec(0, free, 1, 'a')], sockets });
    await again.close();
  });

  it('writes a capture that tshark reads, each frame once, by port and segment', async () => {
    const file = `${temporaryFolder()}/lab.pcapng`;
    const { guests, send, labSwitch } = await bench(['a', 'a'], { sockets });
    send(0, ethernet(broadcast, mac(0), 0));
    await guests[1]!.hasReceived(1);
    const capture = await labSwitch.capture(file);
    for (let n = 1; n <= 20; n++) send(0, ethernet(broadcast, mac(0), n, 60 + n));
    await guests[1]!.hasReceived(21);
    await labSwitch.move('node1:eth0', 'b');
    send(1, ethernet(mac(0), mac(1), 21));
    await tapped(labSwitch, 22);
    expect(await capture.stop()).toEqual({ frames: 21 });
    const rows = await tsharkFields(file, '', [
      'frame.interface_name',
      'frame.interface_description',
      'frame.len',
      'frame.packet_flags_direction',
    ]);
    expect(rows).toHaveLength(21);
    expect(rows[0]).toEqual(['node0:eth0', 'segment a', '61', '0x00000001']);
    expect(rows[20]).toEqual(['node1:eth0', 'segment b', '60', '0x00000001']);
  });
});

describe('the lab switch', () => {
  it('keeps its record within its bounds and counts what it overwrote', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a'], { ring: { bytes: 100_000, frames: 10 } });
    for (let n = 0; n < 35; n++) send(0, ethernet(broadcast, mac(0), n));
    await guests[1]!.hasReceived(35);
    expect(await labSwitch.record()).toEqual({ frames: 10, bytes: 600, overwritten: 25 });
    const batch = await labSwitch.recorded(5);
    expect(batch).toMatchObject({ lost: 20, next: 35 });
    expect(batch.frames.map(({ bytes }) => markOf(bytes))).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33, 34]);
  });

  it('lets a tap choose frames, and ends it when it is closed', async () => {
    const { guests, send, labSwitch } = await bench(['a', 'a']);
    for (let n = 0; n < 4; n++) send(n % 2, ethernet(broadcast, mac(n % 2), n));
    await guests[0]!.hasReceived(2);
    const seen: number[] = [];
    const filter = ({ port }: FrameRecord) => port === 'node1:eth0';
    for await (const { frames } of labSwitch.tap({ from: 0, filter })) {
      seen.push(...frames.map(({ bytes }) => markOf(bytes)));
      if (seen.length === 2) void labSwitch.close();
    }
    expect(seen).toEqual([1, 3]);
  });

  it('has a capture on disk while it runs, of whole blocks at every moment', async () => {
    const folder = temporaryFolder();
    const { send, labSwitch } = await bench(['a', 'a']);
    await labSwitch.capture(`${folder}/lab.pcapng`);
    const traffic = setInterval(() => {
      for (let n = 0; n < 20; n++) send(0, ethernet(broadcast, mac(0), n, 60 + n));
    }, 1);
    onTestFinished(() => {
      clearInterval(traffic);
    });
    // A copy is what a program that is killed at that moment leaves.
    let frames = 0;
    for (let copies = 0; copies < 3 || frames < 100; copies++) {
      const copy = `${folder}/copy${copies}.pcapng`;
      copyFileSync(`${folder}/lab.pcapng`, copy);
      frames = (await tsharkFields(copy, '', ['frame.number'])).length;
    }
  });

  it('says why a capture cannot be written', async () => {
    const { labSwitch } = await bench(['a']);
    await expect(labSwitch.capture('/nowhere/lab.pcapng')).rejects.toMatchObject({ code: 'bad-input' });
    const full = await labSwitch.capture('/dev/full').catch((error: unknown) => error);
    if (full instanceof Error) throw full;
    await expect((full as { stop(): Promise<unknown> }).stop()).rejects.toMatchObject({ code: 'no-space' });
  });

  it('knows no port but its own', async () => {
    const { labSwitch } = await bench(['a']);
    await expect(labSwitch.move('node7:eth0', 'a')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves no port bound when its start is cancelled', async () => {
    const port = await freePort();
    const cancel = new AbortController();
    const ports = [portSpec(0, port, 1, 'a')];
    const starting = startLabSwitch({ ports, signal: cancel.signal });
    cancel.abort();
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' });
    const again = await startLabSwitch({ ports });
    await again.close();
  });

  it('says when it cannot start', async () => {
    const starting = startLabSwitch({ ports: [], ring: { bytes: -1, frames: 1 } });
    await expect(starting).rejects.toMatchObject({ code: 'switch-failed' });
  });

  it.each(['batched', 'plain'] as const)(
    'reports its death to its owner, and frees its %s ports',
    async (sockets) => {
      const failed = Promise.withResolvers<Error>();
      // A frame that is longer than the record kills the thread.
      const { labSwitch, guests, switchPorts, send } = await bench(['a'], {
        sockets,
        ring: { bytes: 100, frames: 10 },
        onFailure: failed.resolve,
      });
      send(0, ethernet(broadcast, mac(0), 0, 200));
      expect(await failed.promise).toMatchObject({ code: 'switch-failed' });
      await expect(labSwitch.counters()).rejects.toMatchObject({ code: 'switch-failed' });
      await labSwitch.close();
      const again = await startLabSwitch({
        ports: [portSpec(0, switchPorts[0]!, guests[0]!.port, 'a')],
        sockets,
      });
      await again.close();
    },
  );
});
