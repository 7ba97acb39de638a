/** Exit code of QEMU when the trial firmware came to its end: isa-debug-exit turns the byte 0x2a into (0x2a << 1) | 1. */
export const trialPassed = 85;

/** How often its loop runs: half a second's work for TCG, a tenth for KVM, an hour where each step is emulated by the host. */
const steps = 0x1000_0000;

/** Loaded at f000:0000 by the jump in the reset vector. It needs no BIOS and no disk, so that any machine type runs it. */
const code = [
  'fa fc', //                            cli; cld
  '31 c0 8e c0 bf 00 10 b9 00 18 f3 ab', // three empty page tables at 0x1000
  '8e d8',
  '66 c7 06 00 10 03 20 00 00', //       level 4 leads to level 3,
  '66 c7 06 00 20 03 30 00 00', //       level 3 to level 2,
  '66 c7 06 00 30 83 00 00 00', //       level 2 holds one page of 2 MiB, mapped to itself
  '66 b8 00 10 00 00 0f 22 d8', //       cr3
  '66 b8 20 00 00 00 0f 22 e0', //       cr4: PAE
  '66 b9 80 00 00 c0 0f 32', //          rdmsr EFER
  '0d 00 01 0f 30', //                   long mode on
  '2e 66 0f 01 16 88 00', //             lgdt cs:[0x88]
  '66 b8 01 00 00 80 0f 22 c0', //       cr0: paging and protection
  '66 ea 62 00 0f 00 08 00', //          into 64-bit code at 0xf0062
  `b9 ${littleEndian(steps)}`, //        the loop
  'ff c9 75 fc',
  '66 ba 01 05 b0 2a ee', //             out 0x501, 0x2a: isa-debug-exit ends QEMU
  'f4 eb fd', //                         hlt for ever, should it not
  '0f 1f 00 00 00 00 00 00 00 00 00', // up to 0x78: the descriptor table
  '00 00 00 00 00 9a 20 00',
  '0f 00 78 00 0f 00', //                its length and address
];

const size = 0x1_0000;
const resetVector = 0xfff0;

/**
 * A firmware of 64 KiB for `qemu -bios` that does what a kernel does first: enters long mode with paging, and works.
 * Where /dev/kvm is there but broken a real-mode guest may still end well, only a thousand times slower.
 */
export function trialFirmware(): Buffer {
  const halt = 0xf4;
  const image = Buffer.alloc(size, halt);
  Buffer.from(code.join('').replaceAll(' ', ''), 'hex').copy(image);
  Buffer.from('ea000000f0', 'hex').copy(image, resetVector); // ljmp f000:0000
  return image;
}

function littleEndian(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}
