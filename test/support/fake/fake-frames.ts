import type { FrameView, LiveBatch } from '../../../src-main/contract/frames.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';

/** Which record the frames of fake labs are numbered in, and which one those that their proofs keep. */
export const fakeRecord = '1767605400000000000';
export const keptRecord = '1767601800000000000';

/** What one request looks like on the wires of a lab in its mode: the frames of its first packet and its reply. */
export function fakeFrames(view: LabView, firstSequence: number, time: number, server: number): FrameView[] {
  const servers = view.nodes.filter(({ role }) => role === 'real-server');
  const rs = servers[server % servers.length]?.name ?? 'rs1';
  const { vip } = view.service;
  const cip = address(view, 'client', 0);
  const rip = address(view, rs, 0);
  const dip = address(view, 'director', 0);
  const hops = {
    dr: [
      ['client', 'director', 0, cip, vip, 'request'],
      ['director', rs, 0, cip, vip, 'request'],
      [rs, 'client', 0, vip, cip, 'reply'],
    ],
    tun: [
      ['client', 'director', 0, cip, vip, 'request'],
      ['director', rs, 0, dip, rip, 'request'],
      [rs, 'client', 0, vip, cip, 'reply'],
    ],
    nat: [
      ['client', 'director', 0, cip, vip, 'request'],
      ['director', rs, 1, cip, rip, 'request'],
      [rs, 'director', 0, rip, cip, 'reply'],
      ['director', 'client', 0, vip, cip, 'reply'],
    ],
  } as const;
  return hops[view.mode as 'dr'].map(([from, to, nic, source, destination, part], index) => {
    const tunnelled = view.mode === 'tun' && index === 1;
    return {
      sequence: firstSequence + index,
      time: time + index * 200_000,
      port: `${from}:eth${nic}`,
      from,
      segment: segmentOf(view, from, nic),
      to: [to],
      sourceMac: mac(view, from, nic),
      destinationMac: mac(view, to, 0),
      kind: tunnelled ? 'ipip' : 'tcp',
      ...{ source, destination, part },
      inner: tunnelled ? { source: cip, destination: vip } : null,
      info: part === 'request' ? '40112 → 80 SYN' : '80 → 40112 SYN ACK',
      length: tunnelled ? 94 : 74,
      dropped: false,
    };
  });
}

export function arpFrame(view: LabView, sequence: number, time: number): FrameView {
  return {
    ...{ sequence, time, port: 'client:eth0', from: 'client', segment: segmentOf(view, 'client', 0) },
    to: view.nodes.filter(({ name }) => name !== 'client').map(({ name }) => name),
    ...{ sourceMac: mac(view, 'client', 0), destinationMac: 'ff:ff:ff:ff:ff:ff', kind: 'arp' },
    ...{ source: null, destination: null, inner: null, part: null },
    info: `ARP who has ${view.service.vip}? tell ${address(view, 'client', 0)}`,
    ...{ length: 42, dropped: false },
  };
}

export function fakeBatch(view: LabView, sequence: number): LiveBatch {
  const time = sequence * 1e6;
  const frames = [
    ...(sequence % 40 === 0 ? [arpFrame(view, sequence, time)] : []),
    ...fakeFrames(view, sequence + 1, time + 1e6, sequence),
  ];
  const ports: LiveBatch['ports'] = {};
  for (const { port, length } of frames) {
    const sum = (ports[port] ??= { frames: 0, bytes: 0 });
    sum.frames++;
    sum.bytes += length;
  }
  const director = view.nodes.find(({ role }) => role === 'director');
  return {
    ...{ at: Date.now(), record: fakeRecord, frames, seen: frames.length, lost: 0, ports },
    vipHolders: [
      {
        node: 'director',
        mac: director?.nics[0]?.mac ?? '',
        segment: segmentOf(view, 'director', 0),
        ...{ sequence: 1, time: 1e6 },
      },
    ],
  };
}

function nicOf(view: LabView, node: string, nic: number) {
  return view.nodes.find(({ name }) => name === node)?.nics[nic];
}

function address(view: LabView, node: string, nic: number): string {
  return nicOf(view, node, nic)?.address?.split('/')[0] ?? '';
}

function mac(view: LabView, node: string, nic: number): string {
  return nicOf(view, node, nic)?.mac ?? '';
}

function segmentOf(view: LabView, node: string, nic: number): string | null {
  return nicOf(view, node, nic)?.segment ?? null;
}
