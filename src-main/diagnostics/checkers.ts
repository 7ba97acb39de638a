import type { Checker } from './checker.ts';
import { accelerationChecker } from './checkers/acceleration.ts';
import { diskChecker } from './checkers/disk.ts';
import { imageChecker } from './checkers/image.ts';
import { libvirtChecker } from './checkers/libvirt.ts';
import { machinesChecker } from './checkers/machines.ts';
import { memoryChecker } from './checkers/memory.ts';
import { nodeChecker } from './checkers/node.ts';
import { portsChecker } from './checkers/ports.ts';
import { qemuChecker } from './checkers/qemu.ts';
import { xorrisoChecker } from './checkers/xorriso.ts';

/** In the order they are shown and mended. */
export const checkers: readonly Checker[] = [
  nodeChecker,
  qemuChecker,
  accelerationChecker,
  libvirtChecker,
  machinesChecker,
  memoryChecker,
  diskChecker,
  portsChecker,
  imageChecker,
  xorrisoChecker,
];
