/**
 * The kernel within a bzImage, unpacked, so that no guest spends time on it: QEMU starts such an ELF file by its PVH
 * entry. Fields as in the kernel's Documentation, "The Linux/x86 Boot Protocol". Debian packs by LZ4.
 * @returns the bzImage as it is when it is packed in another way: it boots as well, only later.
 */
export function unpackKernel(image: Buffer): Buffer {
  const setupSectors = image[0x1f1] ?? 0;
  const start = (setupSectors + 1) * 512 + image.readUInt32LE(0x248);
  const payload = image.subarray(start, start + image.readUInt32LE(0x24c));
  if (!payload.subarray(0, 4).equals(LZ4_LEGACY)) return image;
  // The kernel's build puts the unpacked size last.
  const kernel = unpackLz4(payload.subarray(4, -4), payload.readUInt32LE(payload.length - 4));
  return kernel.subarray(0, 4).equals(ELF) ? kernel : image;
}

const LZ4_LEGACY = Buffer.from([0x02, 0x21, 0x4c, 0x18]);
const ELF = Buffer.from('\x7fELF', 'latin1');

/** Unpacks LZ4's legacy frames: blocks, each after its length (lz4_Frame_format.md). */
function unpackLz4(packed: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size);
  let [read, written] = [0, 0];
  while (read + 4 <= packed.length && written < size) {
    const end = read + 4 + packed.readUInt32LE(read);
    written = unpackBlock(packed.subarray(read + 4, end), out, written);
    read = end;
  }
  return out;
}

/** Unpacks one block: literals and copies of what was written before (lz4_Block_format.md). */
function unpackBlock(block: Buffer, out: Buffer, from: number): number {
  let [read, written] = [0, from];
  const byte = () => block[read++] ?? 0;
  const length = (nibble: number) => {
    let total = nibble;
    for (let more = nibble === 15; more;) {
      const next = byte();
      total += next;
      more = next === 255;
    }
    return total;
  };
  while (read < block.length) {
    const token = byte();
    const literals = length(token >> 4);
    block.copy(out, written, read, read + literals);
    read += literals;
    written += literals;
    if (read >= block.length) break;
    const distance = byte() | (byte() << 8);
    written = copyBack(out, written, distance, length(token & 15) + 4);
  }
  return written;
}

/** A copy that may overlap what it writes: it then repeats. */
function copyBack(out: Buffer, at: number, distance: number, length: number): number {
  if (distance >= length) out.copy(out, at, at - distance, at - distance + length);
  else for (let index = at; index < at + length; index += 1) out[index] = out[index - distance] ?? 0;
  return at + length;
}
