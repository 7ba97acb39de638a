import { expect, it } from 'vitest';
import { captureOf } from '../../../../src-main/lab/frames/capture-blocks.ts';
import { parsePcapng } from '../../../../src-main/wire/read-pcapng.ts';
import type { FrameRecord } from '../../../../src-main/wire/switch-port.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire } from '../../evidence/wire.ts';
import { wallStart } from './recorded-lab.ts';

it('is a whole file, from which the frames come back as the switch had them', () => {
  const lab = exampleLab('nat');
  const wire = createWire(lab);
  for (let number = 0; number < 20; number++) wire.arp(number % 2 ? 'client' : 'rs1', 1, clientIp, vip);
  wire.wait(3_600_000);
  wire.arp('director', 1, vip, clientIp);
  const records = wire.records.map((record): FrameRecord =>
    record.sequence === 5 ? { ...record, segment: null, fate: 'dropped' } : record,
  );
  const { frames } = parsePcapng(captureOf(lab, records, wallStart), 'it');
  expect(
    frames.map(({ interface: { name, description }, time, bytes, fate }) => ({
      ...{ port: name, segment: description.replace('segment ', ''), time: Number(time - wallStart) },
      ...{ bytes: Buffer.from(bytes), fate },
    })),
  ).toEqual(
    records.map(({ port, segment, time, bytes, fate }) => ({
      ...{ port, segment: segment ?? 'in no segment', time, bytes: Buffer.from(bytes), fate },
    })),
  );
});

it('is a file too when nothing was seen', () => {
  expect(parsePcapng(captureOf(exampleLab('dr'), [], wallStart), 'it').frames).toEqual([]);
});
