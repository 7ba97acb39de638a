import { cpuLevels, type CpuLevel } from './entry-schema.ts';

/** What each level adds, as /proc/cpuinfo names it (x86-64 psABI; `pni` is SSE3, `abm` has LZCNT). */
const flagsOf: readonly (readonly [CpuLevel, readonly string[]])[] = [
  ['x86-64-v2', ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3']],
  ['x86-64-v3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'abm', 'movbe', 'xsave']],
  ['x86-64-v4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
];

/** The highest level of a processor, by the text of /proc/cpuinfo: what guests have under KVM. */
export function hostCpuLevel(cpuinfo: string): CpuLevel {
  const flags = new Set(/^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1]?.split(/\s+/));
  let level: CpuLevel = 'x86-64';
  for (const [next, needed] of flagsOf) {
    if (!needed.every((flag) => flags.has(flag))) break;
    level = next;
  }
  return level;
}

/**
 * The highest level that QEMU emulates (`-cpu max` under TCG): AVX, AVX2, F16C and FMA came with 7.2, AVX-512 with none.
 * @param version Such as '7.2.22'.
 */
export function emulatedCpuLevel(version: string): CpuLevel {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 7 || (major === 7 && minor >= 2) ? 'x86-64-v3' : 'x86-64-v2';
}

/** Whether a processor of a level runs what needs another. */
export function reaches(level: CpuLevel, needed: CpuLevel): boolean {
  return cpuLevels.indexOf(level) >= cpuLevels.indexOf(needed);
}
