import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { followTranscript } from '../../../support/kernel-models/follow.ts';

/** Two tables of each scheduler, as Linux 6.1.192 went through them. */
describe('a recorded transcript', () => {
  const kernel = '6.1.0-57-cloud-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-3 (2026-11-26)';
  let [program, transcript] = ['', ''];

  beforeAll(async () => {
    const read = (name: string) => readFile(new URL(`recorded/${name}`, import.meta.url), 'utf8');
    [program, transcript] = await Promise.all([read('program.txt'), read('transcript-6.1.192.txt')]);
  });

  it('agrees with the models pick by pick', () => {
    const { picks, sharp, unknown, excused, disagreements } = followTranscript(program, transcript, kernel);
    expect(disagreements).toEqual([]);
    expect({ picks, unknown, excused }).toEqual({ picks: 351, unknown: 0, excused: 0 });
    expect(sharp).toBeGreaterThan(330);
  });

  it('agrees with them where nothing is known of the kernel', () => {
    expect(followTranscript(program, transcript, '').disagreements).toEqual([]);
  });

  it('does not agree once picks are changed', () => {
    const swapped = transcript.replace(
      /^(\d+\.\d+ 10\.66\.0\.)([12]):/gm,
      (_line, head: string, host: string) => `${head}${host === '1' ? 2 : 1}:`,
    );
    expect(followTranscript(program, swapped, kernel).disagreements.length).toBeGreaterThan(20);
  });
});
