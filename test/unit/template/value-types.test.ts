import { describe, expect, it } from 'vitest';
import { run } from '../../../src-main/process/run.ts';
import { hostNameSchema, nameSchema, quote } from '../../../src-main/template/value-types.ts';

describe('quote', () => {
  it('leaves harmless words bare', () => {
    expect([quote('10.10.0.2/24'), quote(80), quote('-t')]).toEqual(['10.10.0.2/24', '80', '-t']);
  });

  it.each([
    "it's",
    '',
    '$(id)',
    'a b',
    '`id`',
    'two\nlines',
    '\\',
    '*',
    '~',
    'a;b',
    '!x',
    "'",
    '"$HOME"',
    '#',
  ])('makes %j one word of a real shell that stands for exactly itself', async (text) => {
    const { stdout } = await run('/bin/sh', [
      '-c',
      `for word in ${quote(text)}; do printf '%s|' "$word"; done`,
    ]);
    expect(stdout).toBe(`${text}|`);
  });
});

describe('names', () => {
  it.each(['-rs1', 'rs1-', 'Rs1', 'rs_1', 'rs1.lab', '', 'a'.repeat(33), 'rs1\n'])(
    'refuses %j as a host name',
    (name) => {
      expect(hostNameSchema.safeParse(name).success).toBe(false);
    },
  );

  it.each(['../dr', 'DR', '1dr', 'dr '])('refuses %j as a name', (name) => {
    expect(nameSchema.safeParse(name).success).toBe(false);
  });
});
