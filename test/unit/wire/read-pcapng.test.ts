import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../../../src-main/wire/capture-writer.ts';
import { mulberry32 } from '../../../src-main/wire/impair/mulberry32.ts';
import { parsePcapng, readPcapng } from '../../../src-main/wire/read-pcapng.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tsharkFields } from '../../support/tshark.ts';
import { broadcast, ethernet, mac, markOf } from './loopback-guest.ts';

const start = 1_760_000_000_123_456_789n;
/** A second and a nanosecond: a few of them go over the 32 bits of the lower half of a time. */
const second = 1_000_000_001;

/** A capture of two ports: the second moves after two frames; the third frame is dropped. */
async function capture(): Promise<string> {
  const file = `${temporaryFolder()}/lab.pcapng`;
  const writer = openCapture(file, start, [
    { id: 'client:eth0', segment: 'a' },
    { id: 'rs1:eth0', segment: null },
  ]);
  const add = (port: number, mark: number, dropped = false) => {
    const frame = ethernet(broadcast, mac(port), mark, 60 + mark);
    writer.add({ port, time: mark * second, dropped }, frame, 0, frame.length);
  };
  add(0, 0);
  add(1, 1);
  writer.describe(1, 'b');
  add(1, 2, true);
  add(0, 3);
  await writer.close();
  return file;
}

describe('readPcapng', () => {
  it('reads back what a capture holds, to the nanosecond', async () => {
    const { interfaces, frames } = await readPcapng(await capture());
    const client = { name: 'client:eth0', description: 'segment a' };
    const moved = { name: 'rs1:eth0', description: 'segment b' };
    const before = { name: 'rs1:eth0', description: 'in no segment' };
    expect(interfaces).toEqual([client, before, moved]);
    expect(frames.map((frame) => frame.interface)).toEqual([client, before, moved, client]);
    expect(frames.map(({ time }) => time - start)).toEqual(
      [0n, 1n, 2n, 3n].map((mark) => mark * BigInt(second)),
    );
    expect(frames.map(({ bytes }) => [markOf(bytes), bytes.length])).toEqual([
      [0, 60],
      [1, 61],
      [2, 62],
      [3, 63],
    ]);
    expect(frames.map(({ fate }) => fate)).toEqual([undefined, undefined, 'dropped', undefined]);
  });

  it('tells tshark which frames were dropped', async () => {
    const rows = await tsharkFields(await capture(), 'frame.comment contains "dropped"', [
      'frame.number',
      'frame.len',
    ]);
    expect(rows).toEqual([['3', '62']]);
  });

  it('reads times of other units, and passes over blocks it does not know', async () => {
    const bytes = Buffer.from(readFileSync(await capture()));
    const unknown = Buffer.from('0d0000000c0000000c000000', 'hex');
    // if_tsresol of the first interface: option 9 of length 1.
    const resolution = bytes.indexOf(Buffer.from('0900010009000000', 'hex'));
    bytes[resolution + 4] = 3;
    const { frames } = parsePcapng(Buffer.concat([bytes, unknown]), 'it');
    expect(frames).toHaveLength(4);
    expect(frames[0]!.time).toBe(start * 1_000_000n);
  });

  it.each([
    [
      'what is no pcapng file',
      (bytes: Buffer) => Buffer.concat([Buffer.from('hello'), bytes]),
      /At byte 0: no section/,
    ],
    ['an empty file', () => Buffer.alloc(0), /At byte 0/],
    ['a file whose end is missing', (bytes: Buffer) => bytes.subarray(0, -5), /with \d+ bytes left/],
    [
      'big-endian files',
      (bytes: Buffer) => bytes.fill(Buffer.from('1a2b3c4d', 'hex'), 8, 12),
      /little-endian/,
    ],
    ['a second section', (bytes: Buffer) => Buffer.concat([bytes, bytes]), /second section/],
    ['packets of no interface', (bytes: Buffer) => withoutInterfaces(bytes), /not described/],
  ])('refuses %s', async (_, damage, why) => {
    const bytes = damage(Buffer.from(readFileSync(await capture())));
    expect(() => parsePcapng(bytes, 'it')).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        details: expect.objectContaining({ why: expect.stringMatching(why) as string }) as object,
      }) as Error,
    );
  });

  it('names a file that is not there', async () => {
    await expect(readPcapng('/nowhere/lab.pcapng')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('/nowhere/lab.pcapng') as string,
    });
  });

  it('gives a typed error or frames, whatever the bytes', async () => {
    const whole = readFileSync(await capture());
    const random = mulberry32(7);
    for (let round = 0; round < 5000; round++) {
      const bytes = Buffer.from(whole).subarray(
        0,
        random() < 0.5 ? whole.length : Math.floor(random() * whole.length),
      );
      for (let flips = 0; flips < 4; flips++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        parsePcapng(bytes, 'it');
      } catch (error) {
        expect(error).toBeInstanceOf(LabError);
      }
    }
  });
});

/** Turns the interface blocks into ones of an unknown type. */
function withoutInterfaces(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4))
    if (bytes.readUInt32LE(at) === 1) bytes.writeUInt32LE(0x0bad, at);
  return bytes;
}
