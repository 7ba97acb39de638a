import { describe, expect, it } from 'vitest';
import type { Hop, RequestStory } from '../../../src-main/contract/evidence.ts';
import { requestStorySchema } from '../../../src-main/contract/evidence.ts';
import type { EvidenceMode } from '../../../src-main/evidence/lab-map.ts';
import { createTracer } from '../../../src-main/evidence/trace/create-tracer.ts';
import { traceRequests } from '../../../src-main/evidence/trace/trace-requests.ts';
import { ipv4Packet, icmpMessage, tcpSegment, words } from '../wire/build-frame.ts';
import { conversation, type Traffic } from './conversation.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { labFrame } from '../../../src-main/evidence/lab-frame.ts';
import { createWire, type Wire } from './wire.ts';

function stories(traffic: Traffic): RequestStory[] {
  return traceRequests(conversation(traffic), traffic.lab ?? exampleLab(traffic.mode));
}

function framesOf(wire: Wire) {
  return wire.records.map(labFrame);
}

/** What a hop changed, but for the MAC of its own NIC. */
function changes({ rewrote }: Hop): string[] {
  return rewrote
    .filter(({ what }) => what !== 'source-mac')
    .map(({ what, from, to }) => `${what} ${from} > ${to}`);
}

describe('the story of a request', () => {
  it('tells a good one in DR from the SYN to the last acknowledgement', () => {
    const [story] = stories({ mode: 'dr', requests: 1 });
    expect(story).toMatchObject({
      number: 1,
      client: { node: 'client', address: clientIp, port: 40_000 },
      begun: true,
      realServer: 'rs1',
      bypassedDirector: false,
      replyPath: 'past-director',
      request: 'GET /?1 HTTP/1.1',
      response: 'HTTP/1.1 200 OK',
      retransmissions: 0,
      resetBy: null,
      icmpErrors: [],
      outcome: 'answered',
    });
    expect(story?.hops.map(({ from, to, flags }) => `${from}>${to} ${flags}`).slice(0, 3)).toEqual([
      'client>director SYN',
      'director>rs1 SYN',
      'rs1>client SYN,ACK',
    ]);
    expect(story?.hops).toHaveLength(6 * 2 + 4);
    expect(requestStorySchema.parse(story)).toEqual(story);
  });

  it.each<[EvidenceMode, string[]]>([
    ['dr', ['destination-mac 02:00:00:00:00:02 > 02:00:00:00:00:11', 'ttl 64 > 63']],
    [
      'nat',
      [
        'destination-mac 02:00:00:00:00:02 > 02:00:00:00:00:11',
        `destination ${vip} > 10.20.0.11`,
        'ttl 64 > 63',
      ],
    ],
    [
      'tun',
      [
        'destination-mac 02:00:00:00:00:02 > 02:00:00:00:00:11',
        'outer-header none > ipip 10.10.0.2 to 10.10.0.11, 20 bytes',
        'ttl 64 > 63',
      ],
    ],
  ])('tells what the director rewrote in %s', (mode, rewrote) => {
    const [story] = stories({ mode, requests: 1 });
    const [first, second] = story?.hops ?? [];
    expect(first?.previous).toBeNull();
    expect(second?.previous).toBe(first?.sequence);
    expect(second && changes(second)).toEqual(rewrote);
    expect(second?.length).toBe((first?.length ?? 0) + (mode === 'tun' ? 20 : 0));
  });

  it('joins both halves of NAT, replies too', () => {
    const [story] = stories({ mode: 'nat', requests: 1 });
    const replies = story?.hops.filter(({ direction }) => direction === 'reply') ?? [];
    expect(story?.replyPath).toBe('through-director');
    expect(replies.map(({ from, segment }) => `${from} ${segment}`).slice(0, 2)).toEqual([
      'rs1 back',
      'director lan',
    ]);
    expect(replies[1] && changes(replies[1])).toContain(`source 10.20.0.11 > ${vip}`);
  });

  it.each<[Traffic, Partial<RequestStory>]>([
    [
      { mode: 'dr', conduct: { rs1: 'refuses' } },
      { outcome: 'refused', resetBy: 'rs1' },
    ],
    [
      { mode: 'tun', conduct: { rs1: 'unreachable' } },
      { outcome: 'refused', realServer: 'rs1', resetBy: null },
    ],
    [
      { mode: 'dr', conduct: { rs1: 'silent' } },
      { outcome: 'no-answer', realServer: 'rs1', retransmissions: 2 },
    ],
    [
      { mode: 'nat', lab: exampleLab('nat', true), conduct: { rs1: 'past-director' } },
      { outcome: 'reset', resetBy: 'client', replyPath: 'past-director' },
    ],
    [
      { mode: 'dr', taken: 'rs1' },
      { outcome: 'answered', bypassedDirector: true, realServer: 'rs1' },
    ],
    [
      { mode: 'nat', heldBack: true },
      { outcome: 'no-answer', retransmissions: 1, response: null },
    ],
  ])('tells how %o ends', (traffic, ending) => {
    expect(stories({ ...traffic, requests: 1 })[0]).toMatchObject(ending);
  });

  it('names who said what by ICMP', () => {
    const [story] = stories({ mode: 'tun', conduct: { rs1: 'unreachable' }, requests: 1 });
    expect(story?.icmpErrors.map(({ from, words }) => `${from}: ${words}`)).toEqual([
      'rs1: protocol unreachable',
      'director: protocol unreachable',
    ]);
  });

  it('takes a SYN with another number from the same port for another request', () => {
    const wire = createWire(exampleLab('dr'));
    for (const sequence of [1, 1, 99]) wire.ip('client', 'director', synPacket(sequence));
    const told = traceRequests(framesOf(wire), exampleLab('dr'));
    expect(told.map(({ retransmissions }) => retransmissions)).toEqual([1, 0]);
  });

  it('does not give up on a request before its time', () => {
    const wire = createWire(exampleLab('dr'));
    wire.ip('client', 'director', synPacket(1));
    const tracer = createTracer(exampleLab('dr'));
    for (const frame of framesOf(wire)) tracer.add(frame);
    expect(tracer.stories()[0]?.outcome).toBe('unfinished');
    expect(tracer.stories(5e9)[0]?.outcome).toBe('no-answer');
  });

  it('begins in the middle where the record does, and counts no such request', () => {
    const frames = conversation({ mode: 'dr', requests: 1 }).slice(8);
    const tracer = createTracer(exampleLab('dr'));
    for (const frame of frames) tracer.add(frame);
    expect(tracer.stories()).toMatchObject([{ begun: false, realServer: 'rs1' }]);
    expect(tracer.findings().connections.total).toBe(0);
  });

  it('follows the later fragments of a packet', () => {
    const wire = createWire(exampleLab('dr'));
    wire.ip('client', 'director', synPacket(1));
    const tcp = tcpSegment(
      { sourcePort: 40_000, destinationPort: 80, sequence: 2, flags: 0x18 },
      Buffer.alloc(1460),
    );
    const header = { source: clientIp, destination: vip, protocol: 6, id: 77 };
    wire.ip('client', 'director', ipv4Packet({ ...header, fragment: 0x2000 }, tcp.subarray(0, 1000)));
    wire.ip('client', 'director', ipv4Packet({ ...header, fragment: 125 }, tcp.subarray(1000)));
    const [story] = traceRequests(framesOf(wire), exampleLab('dr'));
    expect(story?.hops.map(({ kind }) => kind)).toEqual(['tcp', 'tcp', 'fragment']);
  });

  it('ignores what is not of the service, and ICMP errors about it', () => {
    const wire = createWire(exampleLab('dr'));
    const other = tcpSegment({ sourcePort: 40_000, destinationPort: 22, flags: 0x02 });
    const packet = ipv4Packet({ source: clientIp, destination: vip, protocol: 6 }, other);
    wire.ip('client', 'director', packet);
    const error = icmpMessage(3, 3, words(0, 0), packet);
    wire.ip('director', 'client', ipv4Packet({ source: vip, destination: clientIp, protocol: 1 }, error));
    expect(traceRequests(framesOf(wire), exampleLab('dr'))).toEqual([]);
  });
});

describe('the memory of a tracer', () => {
  it('keeps the newest stories and counts all', () => {
    const tracer = createTracer(exampleLab('dr'), { storiesKept: 3 });
    for (const frame of conversation({ mode: 'dr', requests: 20 })) tracer.add(frame);
    expect(tracer.stories().map(({ number }) => number)).toEqual([18, 19, 20]);
    expect(tracer.findings().connections).toMatchObject({ total: 20, outcomes: { answered: 20 } });
  });

  it('keeps the first hops of a story and counts the rest', () => {
    const tracer = createTracer(exampleLab('dr'), { hopsKept: 5 });
    for (const frame of conversation({ mode: 'dr', requests: 1 })) tracer.add(frame);
    expect(tracer.stories()[0]).toMatchObject({ omittedHops: 11, outcome: 'answered' });
    expect(tracer.stories()[0]?.hops).toHaveLength(5);
  });
});

function synPacket(sequence: number): Buffer {
  const tcp = tcpSegment({ sourcePort: 40_000, destinationPort: 80, sequence, flags: 0x02 });
  return ipv4Packet({ source: clientIp, destination: vip, protocol: 6, id: sequence }, tcp);
}
