import { describe, expect, it } from 'vitest';
import { frameDetailsSchema, framePageSchema } from '../../../../src-main/contract/frames.ts';
import { readFrame, readFrames } from '../../../../src-main/lab/verbs/read-frames.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire } from '../../evidence/wire.ts';
import { ipv4Packet, tcpSegment } from '../../wire/build-frame.ts';
import { recordedLab, wallStart } from '../frames/recorded-lab.ts';

/** A record of 10,000 frames, each 1000th of which is ARP; the oldest 500 are gone. */
const lab = (() => {
  const view = exampleLab('dr');
  const wire = createWire(view);
  const tcp = tcpSegment({ sourcePort: 40000, destinationPort: 80, flags: 0x10 });
  const packet = ipv4Packet({ source: clientIp, destination: vip, protocol: 6 }, tcp);
  for (let number = 0; number < 10_000; number++) {
    if (number % 1000 === 0) wire.arp('client', 1, clientIp, vip);
    else wire.ip('client', 'director', packet);
  }
  return recordedLab(view, wire.records, { forgotten: 500 });
})();

async function sequences(query: Parameters<typeof readFrames>[1]): Promise<number[]> {
  const page = framePageSchema.parse(await readFrames(lab, query));
  expect(page).toMatchObject({ first: 500, next: 10_000 });
  return page.frames.map(({ sequence }) => sequence);
}

describe('readFrames', () => {
  it('gives the newest, newest last, and those before a number', async () => {
    expect(await sequences({ limit: 3 })).toEqual([9997, 9998, 9999]);
    expect(await sequences({ limit: 3, before: 9000 })).toEqual([8997, 8998, 8999]);
    expect(await sequences({ limit: 3, before: 502 })).toEqual([500, 501]);
    expect(await sequences({ limit: 3, before: 100 })).toEqual([]);
  });

  it('gives those from a number on', async () => {
    expect(await sequences({ limit: 3, from: 9998 })).toEqual([9998, 9999]);
    expect(await sequences({ limit: 2, from: 0 })).toEqual([500, 501]);
    expect(await sequences({ limit: 2, from: 20_000 })).toEqual([]);
  });

  it('looks through the record for what a filter lets through', async () => {
    const filter = { protocol: 'arp' } as const;
    expect(await sequences({ limit: 3, filter })).toEqual([7000, 8000, 9000]);
    expect(await sequences({ limit: 100, filter })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => n * 1000));
    expect(await sequences({ limit: 2, from: 1001, filter })).toEqual([2000, 3000]);
    expect(await sequences({ limit: 2, filter: { protocol: 'udp' } })).toEqual([]);
  });
});

describe('readFrame', () => {
  it('takes one frame apart', async () => {
    const details = frameDetailsSchema.parse(await readFrame(lab, { sequence: 9000 }));
    expect(details.frame).toMatchObject({ sequence: 9000, kind: 'arp' });
    expect(details.layers.map(({ name }) => name)).toEqual(['Ethernet', 'ARP']);
    expect(details.hex).toMatch(/^f{12}0200000000c80806/);
  });

  it('says so where it is overwritten, or has not come', async () => {
    await expect(readFrame(lab, { sequence: 499 })).rejects.toMatchObject({
      code: 'not-found',
      details: { why: 'Newer frames have overwritten it.' },
    });
    await expect(readFrame(lab, { sequence: 10_000 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives no frame of another record for the one that is asked for', async () => {
    const record = String(wallStart);
    expect(await readFrame(lab, { sequence: 9000, record })).toMatchObject({ record });
    await expect(readFrame(lab, { sequence: 9000, record: '17' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'Frame 9000 is of an earlier record of this lab.',
    });
  });
});
