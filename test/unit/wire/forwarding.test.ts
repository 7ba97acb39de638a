import { describe, expect, it } from 'vitest';
import { createForwarding } from '../../../src-main/wire/forwarding.ts';
import { broadcast, ethernet, mac } from './loopback-guest.ts';

/** A switch with a port for every segment named; `send` takes a frame in at a port. */
function create(...segments: (string | null)[]) {
  const forwarding = createForwarding(segments);
  const send = (port: number, destination: string, source: string) => {
    if (!forwarding.receive(port, 60)) return undefined;
    return [...forwarding.forward(port, ethernet(destination, source), 0, 60)];
  };
  return { forwarding, send };
}

describe('forwarding', () => {
  it.each([
    ['broadcast', broadcast],
    ['multicast', '01:00:5e:00:00:12'],
    ['an unknown address', mac(9)],
  ])('floods %s to the other ports of the segment only', (_, destination) => {
    const { send } = create('a', 'a', 'b', 'a', null);
    expect(send(0, destination, mac(0))).toEqual([1, 3]);
  });

  it('sends to the one port where the address was learnt', () => {
    const { send } = create('a', 'a', 'a');
    send(2, broadcast, mac(2));
    expect(send(0, mac(2), mac(0))).toEqual([2]);
    expect(send(2, mac(0), mac(2))).toEqual([0]);
  });

  it('learns by segment: the same address in two segments is two', () => {
    const { send } = create('a', 'a', 'b', 'b');
    send(1, broadcast, mac(5));
    send(3, broadcast, mac(5));
    expect(send(0, mac(5), mac(0))).toEqual([1]);
    expect(send(2, mac(5), mac(2))).toEqual([3]);
  });

  it('believes the last port an address was seen at, as for VRRP', () => {
    const { send } = create('a', 'a', 'a');
    send(1, broadcast, mac(5));
    send(2, broadcast, mac(5));
    expect(send(0, mac(5), mac(0))).toEqual([2]);
  });

  it('learns no group address', () => {
    const { send } = create('a', 'a', 'a');
    send(1, broadcast, broadcast);
    expect(send(0, broadcast, mac(0))).toEqual([1, 2]);
  });

  it('drops what would go back where it came from', () => {
    const { forwarding, send } = create('a', 'a');
    send(0, broadcast, mac(5));
    expect(send(0, mac(5), mac(6))).toEqual([]);
    expect(forwarding.tally(0).dropped).toBe(1);
  });

  it('takes nothing from a port without a cable, and sends it nothing', () => {
    const { forwarding, send } = create(null, null, 'a');
    expect(send(0, broadcast, mac(0))).toBeUndefined();
    expect(send(2, broadcast, mac(2))).toEqual([]);
    expect(forwarding.tally(0)).toMatchObject({ rxFrames: 0, unplugged: 1, txFrames: 0 });
  });

  it('forgets what it learnt at a port that moves, and nothing else', () => {
    const { forwarding, send } = create('a', 'a', 'a', 'b');
    send(1, broadcast, mac(1));
    send(2, broadcast, mac(2));
    forwarding.move(1, 'b');
    expect(send(0, mac(1), mac(0))).toEqual([2]);
    expect(send(0, mac(2), mac(0))).toEqual([2]);
    expect(send(3, broadcast, mac(3))).toEqual([1]);
    forwarding.move(1, null);
    expect(send(3, broadcast, mac(3))).toEqual([]);
    expect(forwarding.segmentOf(1)).toBeNull();
  });

  it('stops learning before a guest can fill the memory, and floods instead', () => {
    const { send } = create('a', 'a', 'a');
    const numbered = (n: number) =>
      `52:54:00:01:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`;
    for (let n = 0; n < 5000; n++) send(1, broadcast, numbered(n));
    expect(send(0, numbered(0), mac(0))).toEqual([1]);
    expect(send(0, numbered(4999), mac(0))).toEqual([1, 2]);
  });

  it('counts frames and bytes in and out', () => {
    const { forwarding, send } = create('a', 'a', 'a');
    send(0, broadcast, mac(0));
    send(1, mac(0), mac(1));
    expect(forwarding.tally(0)).toMatchObject({
      rxFrames: 1,
      rxBytes: 60,
      txFrames: 1,
      txBytes: 60,
      dropped: 0,
    });
    expect(forwarding.tally(2)).toMatchObject({ rxFrames: 0, txFrames: 1, txBytes: 60 });
  });

  it('takes no fragment of a frame', () => {
    const { forwarding } = create('a', 'a');
    expect(forwarding.receive(0, 13)).toBe(false);
    expect(forwarding.tally(0)).toMatchObject({ malformed: 1, rxFrames: 0 });
  });

  it('reads a frame where it lies', () => {
    const { forwarding, send } = create('a', 'a', 'a');
    send(2, broadcast, mac(2));
    const memory = Buffer.concat([Buffer.alloc(100, 0xff), ethernet(mac(2), mac(0))]);
    expect(forwarding.forward(0, memory, 100, 60)).toEqual([2]);
  });
});
