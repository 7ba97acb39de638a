import { expect, it } from 'vitest';
import { demandHost, obstaclesFor, type ImageHost } from '../../../../src-main/image/catalogue/check-host.ts';
import { emulatedCpuLevel, hostCpuLevel } from '../../../../src-main/image/catalogue/cpu-level.ts';
import { exampleEntry } from './example-entry.ts';

const host: ImageHost = { cpu: 'x86-64-v2', cpuWhy: '', memoryMiB: 4096, diskMiB: 9999, firmware: ['bios'] };
const needs = exampleEntry().needs;

it.each([
  [{ cpu: 'x86-64-v2' }, []],
  [{ cpu: 'x86-64' }, []],
  [{ cpu: 'x86-64-v3' }, ['cpu']],
  [{ firmware: 'uefi' }, ['firmware']],
  [{ memoryMiB: 5000, diskMiB: 10_000 }, ['disk', 'memory']],
] as const)('of an image that needs %j it says %j', (more, obstacles) => {
  const entry = exampleEntry({ needs: { ...needs, ...more } });
  expect(obstaclesFor(entry, host).map(({ about }) => about)).toEqual(obstacles);
});

it('refuses for good reasons alone, by name', () => {
  const cpu = exampleEntry({ needs: { ...needs, cpu: 'x86-64-v3' } });
  expect(() => {
    demandHost(cpu, host);
  }).toThrow('needs a processor of level x86-64-v3; guests here have x86-64-v2');
  demandHost(exampleEntry({ needs: { ...needs, memoryMiB: 5000 } }), host);
});

const v2 = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3';
const v3 = `${v2} avx avx2 bmi1 bmi2 f16c fma abm movbe xsave`;

it.each([
  ['fpu sse sse2', 'x86-64'],
  [v2, 'x86-64-v2'],
  [v2.replace('popcnt ', '') + ' avx avx2', 'x86-64'],
  [v3.replace(' bmi2', ''), 'x86-64-v2'],
  [v3, 'x86-64-v3'],
  [`${v3} avx512f avx512bw avx512cd avx512dq avx512vl`, 'x86-64-v4'],
])('takes a processor with %s for %s', (flags, level) => {
  expect(hostCpuLevel(`processor\t: 0\nflags\t\t: ${flags}\nbugs\t\t: none\n`)).toBe(level);
});

it.each([
  ['6.2.0', 'x86-64-v2'],
  ['7.1.0', 'x86-64-v2'],
  ['7.2.22', 'x86-64-v3'],
  ['10.0.2', 'x86-64-v3'],
])('expects of QEMU %s %s', (version, level) => {
  expect(emulatedCpuLevel(version)).toBe(level);
});
