import { describe, expect, it } from 'vitest';
import { unpackKernel } from '../../../src-main/image/kernel.ts';

/** A bzImage with one setup sector and this payload, with the fields of the boot protocol that are read. */
function bzImage(payload: Buffer): Buffer {
  const image = Buffer.concat([Buffer.alloc(2 * 512 + 16), payload]);
  image[0x1f1] = 1;
  image.writeUInt32LE(16, 0x248);
  image.writeUInt32LE(payload.length, 0x24c);
  return image;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function lz4(blocks: readonly number[][], size: number): Buffer {
  const framed = blocks.flatMap((block) => [uint32(block.length), Buffer.from(block)]);
  return Buffer.concat([Buffer.from([0x02, 0x21, 0x4c, 0x18]), ...framed, uint32(size)]);
}

const elf = [0x7f, 0x45, 0x4c, 0x46];

describe('unpackKernel', () => {
  it('unpacks literals, copies that overlap, and long lengths over several blocks', () => {
    const first = [0x40, ...elf, 0x01, 0x00, 0x10, 0x2a];
    // 18 literals (15 + 3) by an extended length.
    const second = [0xf0, 3, ...Array<number>(18).fill(7)];
    const kernel = unpackKernel(bzImage(lz4([first, second], 4 + 4 + 1 + 18)));
    expect([...kernel]).toEqual([...elf, 0x46, 0x46, 0x46, 0x46, 0x2a, ...Array<number>(18).fill(7)]);
  });

  it('copies what does not overlap, across blocks, by an extended length', () => {
    const first = [0x80, ...elf, 1, 2, 3, 4];
    // Match length 15 + 1 + 4 = 20 from 8 back, then a last literal.
    const second = [0x0f, 8, 0, 1, 0x10, 9];
    const kernel = unpackKernel(bzImage(lz4([first, second], 8 + 20 + 1)));
    const eight = [...elf, 1, 2, 3, 4];
    expect([...kernel]).toEqual([...eight, ...eight, ...eight, ...elf, 9]);
  });

  it('leaves a kernel that is packed in another way, or is no ELF file, as it is', () => {
    const gzip = bzImage(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]));
    expect(unpackKernel(gzip)).toBe(gzip);
    const noElf = bzImage(lz4([[0x40, 1, 2, 3, 4]], 4));
    expect(unpackKernel(noElf)).toBe(noElf);
  });
});
