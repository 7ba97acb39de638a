import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { capturePiece } from '../../../../src-main/lab/frames/capture-piece.ts';
import type { FrameRecord } from '../../../../src-main/wire/switch-port.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { tsharkFields } from '../../../support/tshark.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire } from '../../evidence/wire.ts';
import { ipv4Packet, udpDatagram } from '../../wire/build-frame.ts';
import { recordedLab } from './recorded-lab.ts';

const lab = exampleLab('dr');

async function piecesOf(records: readonly FrameRecord[], options: { forgotten?: number } = {}) {
  const owned = recordedLab(lab, records, { ...options, atOnce: Infinity });
  const pieces = [await capturePiece(owned, null)];
  for (let next = pieces[0]!.next; next !== null; next = pieces.at(-1)!.next)
    pieces.push(await capturePiece(owned, next));
  return pieces;
}

function keep(pieces: readonly { data: string }[]): string {
  const file = path.join(temporaryFolder(), 'record.pcapng');
  writeFileSync(file, Buffer.concat(pieces.map(({ data }) => Buffer.from(data, 'base64'))));
  return file;
}

describe('capturePiece', () => {
  it('makes pieces that together are a file which tshark reads, with places, times and drops', async () => {
    const wire = createWire(lab);
    const packet = ipv4Packet(
      { source: clientIp, destination: vip, protocol: 17 },
      udpDatagram(1, 2, Buffer.alloc(1400)),
    );
    for (let number = 0; number < 4000; number++) wire.ip(number % 2 ? 'client' : 'rs1', 'director', packet);
    const records = wire.records.map((record): FrameRecord =>
      record.sequence === 3999 ? { ...record, segment: null, fate: 'dropped' } : record,
    );
    const pieces = await piecesOf(records);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.reduce((sum, { frames }) => sum + frames, 0)).toBe(4000);
    for (const { data } of pieces) expect(data.length).toBeLessThan(3 * 1024 * 1024);
    const rows = await tsharkFields(keep(pieces), 'frame', [
      'frame.time_epoch',
      'frame.interface_name',
      'frame.interface_description',
      'frame.comment',
    ]);
    expect(rows).toHaveLength(4000);
    expect(rows[0]).toEqual(['1800000000.000001000', 'rs1:eth0', 'segment lan', '']);
    expect(rows[3998]?.slice(1)).toEqual(['rs1:eth0', 'segment lan', '']);
    expect(rows[3999]?.slice(1)).toEqual([
      'client:eth0',
      'in no segment',
      'dropped by an impairment of the cable',
    ]);
  });

  it('is a file also when nothing was recorded, and begins with the oldest there is', async () => {
    const [empty, ...none] = await piecesOf([]);
    expect(empty).toMatchObject({ frames: 0, next: null });
    expect(none).toEqual([]);
    expect(await tsharkFields(keep([empty!]), 'frame', ['frame.number'])).toEqual([]);
    const wire = createWire(lab);
    for (let number = 0; number < 10; number++) wire.arp('client', 1, clientIp, vip);
    expect(await piecesOf(wire.records, { forgotten: 4 })).toMatchObject([{ frames: 6, next: null }]);
  });
});
